using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Processes;

/// <summary>
/// Has each stream read in the background before anything waits: <c>ReadToEndAsync</c> where the text is wanted, and
/// <c>BeginErrorReadLine</c>, which keeps nothing, where nobody asks for it.
/// </summary>
internal static class DrainEdit
{
    public static Edit? Find(ChildSite site, string key)
    {
        var statements = new List<StatementSyntax>();
        var reads = new List<(TextRead Read, string Task)>();
        foreach (var stream in new[] { ChildStream.Output, ChildStream.Error })
        {
            if (site.Fault.Child.Redirected(stream, site.Order) is null || site.Fault.Child.IsDrainedBefore(stream, site.Order) || IsReadFirst(site, stream))
                continue;
            if (TextRead.All(site, stream) is not { } all)
                return null;
            if (all.Count == 0)
            {
                statements.Add(ParseStatement($"{site.Process}.Begin{stream}ReadLine();"));
                continue;
            }

            var task = NewName.In(site.Statement, Prefix(site.Process) + stream);
            var call = all.Find(read => read.IsAsync)?.Call.WithoutTrivia().ToString() ?? $"{site.Process}.Standard{stream}.ReadToEndAsync()";
            statements.Add(ParseStatement($"var {task} = {call};"));
            reads.AddRange(all.Select(read => (read, task)));
        }

        if (statements.Count == 0)
            return null;
        return new Edit("Read the streams in the background while waiting", key, editor =>
        {
            foreach (var (read, task) in reads)
                editor.ReplaceNode(read.Call, Result(read, task).InPlaceOf(read.Call));
            site.InsertBefore(editor, statements);
        });
    }

    /// <summary>The stream that the first blocking call reads itself.</summary>
    private static bool IsReadFirst(ChildSite site, ChildStream stream) => site.Fault.Read is not null && stream != site.Fault.Stream;

    private static ExpressionSyntax Result(TextRead read, string task) =>
        read.IsAsync ? IdentifierName(task)
        : AwaitScope.Allows(read.Call) ? AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), IdentifierName(task))
        : ParseExpression($"{task}.GetAwaiter().GetResult()");

    /// <summary>The name of the variable, as the beginning of another.</summary>
    public static string Prefix(string process)
    {
        var name = process.Substring(process.LastIndexOf('.') + 1).TrimStart('_', '@');
        return name.Length == 0 ? "child" : char.ToLowerInvariant(name[0]) + name.Substring(1);
    }
}
