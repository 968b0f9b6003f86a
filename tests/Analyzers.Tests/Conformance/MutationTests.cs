using LockAnalyzers.Analyzers.Tests.Verifiers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Analyzers.Tests.Conformance;

/// <summary>
/// What an editor feeds an analyzer is mostly broken: half-typed, unbalanced, with types missing. Real source, our own, is
/// mutated by taking tokens and lines away or doubling them; neither an analyzer nor a fix may throw on any of it.
/// </summary>
public sealed class MutationTests
{
    private const int Mutants = 2_200;

    /// <summary>Fixes run on every report of every so many mutants: making a solution is what takes the time.</summary>
    private const int FixEvery = 4;

    [Fact]
    public async Task No_mutant_makes_a_rule_or_a_fix_throw()
    {
        var sources = Sources().ToArray();
        var random = new Random(20261123);
        var reports = 0;
        var fixes = 0;
        for (var i = 0; i < Mutants; i++)
        {
            var mutant = Mutate(sources[random.Next(sources.Length)], random);
            var compilation = AllRules.Compile(mutant, withRuntime: i % 3 != 0);
            if (i % 5 == 0)
                compilation = compilation.WithReferences(compilation.References.Take(random.Next(3)));

            var found = await Guarded(() => AllRules.RunAsync(compilation), mutant);
            reports += found.Length;
            if (i % FixEvery == 0 && found.Length > 0)
                fixes += await Guarded(() => ApplyFixesAsync(mutant, compilation, found), mutant);
        }

        // Mutants that nobody reports or fixes would prove nothing.
        Assert.True(reports > Mutants / 4, $"only {reports} reports");
        Assert.True(fixes > Mutants / 40, $"only {fixes} fixes");
    }

    /// <summary>The reported code of the pages and stories, and files of our own: the longest and most tangled we have.</summary>
    private static IEnumerable<string> Sources()
    {
        foreach (var page in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "rules"), "LOCK*.md").Order(StringComparer.Ordinal))
        {
            foreach (var block in File.ReadAllText(page).Split("```csharp").Skip(1))
                yield return block[..block.IndexOf("```", StringComparison.Ordinal)];
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "Incident"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
                yield return File.ReadAllText(file);
        }

        yield return Tangle.Source;
    }

    private static string Mutate(string source, Random random)
    {
        for (var round = random.Next(1, 4); round > 0; round--)
        {
            if (random.Next(2) == 0)
            {
                var lines = source.Split('\n').ToList();
                var at = random.Next(lines.Count);
                if (random.Next(4) == 0)
                    lines.Insert(at, lines[random.Next(lines.Count)]);
                else
                    lines.RemoveRange(at, Math.Min(random.Next(1, 3), lines.Count - at));
                source = string.Join('\n', lines);
            }
            else
            {
                var tokens = SyntaxFactory.ParseTokens(source).ToArray();
                var token = tokens[random.Next(tokens.Length)];
                source = random.Next(4) == 0
                    ? source.Insert(token.Span.End, " " + tokens[random.Next(tokens.Length)].Text)
                    : source.Remove(token.SpanStart, token.Span.Length);
            }
        }

        return source;
    }

    private static async Task<int> ApplyFixesAsync(string source, Compilation compilation, IEnumerable<Diagnostic> reports)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace
            .AddProject(ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Tested", "Tested", LanguageNames.CSharp)
                .WithMetadataReferences(compilation.References)
                .WithCompilationOptions(compilation.Options)
                .WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest)))
            .AddDocument("Tested.cs", SourceText.From(source));
        var applied = 0;
        foreach (var report in reports)
        {
            var actions = new List<CodeAction>();
            var fix = AllRules.Fixes.Single(candidate => candidate.FixableDiagnosticIds.Contains(report.Id));
            var tree = await document.GetSyntaxTreeAsync();
            var here = Diagnostic.Create(report.Descriptor, Location.Create(tree!, report.Location.SourceSpan), report.Properties);
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, here, (action, _) => actions.Add(action), default));
            foreach (var action in actions)
            {
                await action.GetOperationsAsync(default);
                applied++;
            }
        }

        return applied;
    }

    private static async Task<T> Guarded<T>(Func<Task<T>> run, string mutant)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"{exception}\n\non this source:\n{mutant}", exception);
        }
    }
}
