using System.Collections.Concurrent;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Shutdown;

/// <summary>The roots of one file, and the waits that they reach inside that file: what can be told while somebody types.</summary>
internal sealed record FileStops(IReadOnlyList<Root> Roots, IReadOnlyCollection<Chain> Chains)
{
    public static FileStops Of(SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        var roots = RootActions.In(model, facts, cancellation).ToList();
        return new FileStops(roots, MayWait(model.SyntaxTree.GetRoot(cancellation), facts) ? WaitGraph.Reach(roots, Bodies.OfFile(model), facts) : Array.Empty<Chain>());
    }

    /// <summary>True when the wait is one that a shutdown path of the file reaches.</summary>
    public bool Reaches(IOperation wait) => Chains.Any(chain => chain.Wait.Syntax == wait.Syntax);

    /// <summary>Asked before anything is bound: whether something in the file bears the name of a wait, or a native function is declared in it.</summary>
    private static bool MayWait(SyntaxNode file, ShutdownFacts facts)
    {
        foreach (var node in file.DescendantNodes())
        {
            var name = node switch
            {
                InvocationExpressionSyntax => CallActions.NameOf(node),
                MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
                MethodDeclarationSyntax { Body: null, ExpressionBody: null, AttributeLists.Count: > 0 } method => method.Identifier.ValueText,
                _ => null,
            };
            if (name is not null && (facts.Catalog.ManagedWaits.HasName(name) || facts.Catalog.NativeWaits.ContainsKey(name) || node is MethodDeclarationSyntax))
                return true;
        }

        return false;
    }
}

/// <summary>The <see cref="FileStops"/> of the files of one compilation, each thought out once, by whichever root is looked at first.</summary>
internal sealed class Stops
{
    private readonly ConcurrentDictionary<SyntaxTree, FileStops> _files = new();
    private readonly ShutdownFacts _facts;

    public Stops(ShutdownFacts facts) => _facts = facts;

    /// <summary>What a file shows by itself.</summary>
    public FileStops Of(SemanticModel model, CancellationToken cancellation) =>
        _files.TryGetValue(model.SyntaxTree, out var known) ? known : _files.GetOrAdd(model.SyntaxTree, FileStops.Of(model, _facts, cancellation));

    /// <summary>
    /// The waits that no file shows by itself, on the way of what ends the process. What stops an object is followed inside its file
    /// only: there are many such members, and binding all that they reach would cost every build (benchmarks/README.md).
    /// </summary>
    public IEnumerable<Chain> AcrossFiles(Compilation compilation)
    {
        var files = _files.OrderBy(file => file.Key.FilePath, StringComparer.Ordinal).Select(file => file.Value).ToList();
        var roots = files.SelectMany(file => file.Roots).Where(root => !root.Entry.IsOfObject).ToList();
        if (roots.Count == 0)
            return Array.Empty<Chain>();

        var known = new HashSet<SyntaxNode>(files.SelectMany(file => file.Chains).Select(chain => chain.Wait.Syntax));
        return WaitGraph.Reach(roots, Bodies.OfCompilation(compilation), _facts).Where(chain => !known.Contains(chain.Wait.Syntax));
    }
}
