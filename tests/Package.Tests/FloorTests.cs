using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Package.Tests;

/// <summary>The packed analyzers under the oldest compiler they promise to work in (.NET 8 SDK, Visual Studio 17.8).</summary>
[Collection(nameof(PackedPackage))]
public sealed class FloorTests(PackedPackage package)
{
    [Fact]
    public void This_is_Roslyn_4_8() => Assert.Equal(new Version(4, 8, 0, 0), typeof(CSharpCompilation).Assembly.GetName().Version);

    [Fact]
    public async Task The_packed_analyzers_report_in_Roslyn_4_8()
    {
        var source = CSharpSyntaxTree.ParseText(Sources.WaitsForEver("Native"));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Consumer", [source], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        Assert.Empty(compilation.GetDiagnostics());
        var reported = await compilation.WithAnalyzers(Analyzers()).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(["LOCK105"], reported.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Every_packed_fix_can_be_created_in_Roslyn_4_8_and_fixes_rules_of_the_package()
    {
        var rules = Analyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).ToHashSet();
        var fixes = Create<CodeFixProvider>("LockAnalyzers.CodeFixes.dll");

        Assert.NotEmpty(fixes);
        Assert.All(fixes, fix => Assert.Subset(rules, fix.FixableDiagnosticIds.ToHashSet()));
        Assert.All(fixes, fix => Assert.NotNull(fix.GetFixAllProvider()));
    }

    /// <summary>Roslyn knows no wildcard in WarningsNotAsErrors: an id that is missing there fails the builds of those who only wanted to look.</summary>
    [Fact]
    public void The_injected_targets_name_every_rule()
    {
        var injected = File.ReadAllText(Path.Combine(package.Unzipped, "tools", "LockAnalyzers.Inject.targets"));

        Assert.All(Analyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics), rule => Assert.Contains(rule.Id, injected, StringComparison.Ordinal));
    }

    private ImmutableArray<DiagnosticAnalyzer> Analyzers() => Create<DiagnosticAnalyzer>("LockAnalyzers.Analyzers.dll");

    private ImmutableArray<T> Create<T>(string assembly)
    {
        var types = new Packed(Path.Combine(package.Unzipped, "analyzers", "dotnet", "cs")).Load(assembly).GetTypes();
        return [.. types.Where(type => type is { IsAbstract: false } && typeof(T).IsAssignableFrom(type)).Select(type => (T)Activator.CreateInstance(type)!)];
    }

    /// <summary>Loads the package's own assemblies from the package, and everything else from the test's Roslyn.</summary>
    private sealed class Packed(string folder) : AssemblyLoadContext("packed analyzers")
    {
        public Assembly Load(string file) => LoadFromStream(new MemoryStream(File.ReadAllBytes(Path.Combine(folder, file))));

        protected override Assembly? Load(AssemblyName name) => File.Exists(Path.Combine(folder, name.Name + ".dll")) ? Load(name.Name + ".dll") : null;
    }
}
