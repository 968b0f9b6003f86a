using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Benchmarks;

/// <summary>What a compiler is given: sources, references and options.</summary>
internal sealed record Project(
    IReadOnlyList<Project.Source> Sources, CSharpParseOptions ParseOptions, CSharpCompilationOptions Options, IReadOnlyList<MetadataReference> References)
{
    public int Lines => Sources.Sum(source => source.Text.Lines.Count);

    /// <summary>Bodies that a rule may have to look at: those of methods, constructors and accessors.</summary>
    public int Methods => Sources.Sum(source => CSharpSyntaxTree.ParseText(source.Text, ParseOptions).GetRoot().DescendantNodes()
        .Count(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax));

    /// <summary>Whether the compiler and its analyzers each use all processors, or one each.</summary>
    public Project WithConcurrency(bool isConcurrent) => this with { Options = Options.WithConcurrentBuild(isConcurrent) };

    /// <summary>Parses anew, as each build does.</summary>
    public CSharpCompilation Compile()
    {
        var trees = new SyntaxTree[Sources.Count];
        Parallel.For(0, trees.Length, i => trees[i] = CSharpSyntaxTree.ParseText(Sources[i].Text, ParseOptions, Sources[i].Path));
        return CSharpCompilation.Create("Benchmark", trees, References, Options);
    }

    internal sealed record Source(string Path, SourceText Text);
}
