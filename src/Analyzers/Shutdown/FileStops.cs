using System.Collections.Concurrent;
using LockAnalyzers.Framework;
using LockAnalyzers.Rules;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown;

/// <summary>The roots of one file, and the waits that they reach inside that file: what can be told while somebody types.</summary>
internal sealed record FileStops(IReadOnlyList<Root> Roots, IReadOnlyCollection<Chain> Chains)
{
    public static FileStops Of(SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        var file = facts.File(model, cancellation);
        return new FileStops(file.Roots, file.MayWait ? WaitGraph.Reach(file.Roots, Bodies.OfFile(model), facts) : Array.Empty<Chain>());
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
    /// True when LOCK202 speaks of a wait, as far as its file shows, and is switched on there: it says more than the rules that ask for the same
    /// time-out wherever a wait stands.
    /// </summary>
    /// <param name="wait">The wait.</param>
    /// <param name="isWarning">True for one that must be told as a warning.</param>
    /// <param name="cancellation">Ends the analysis.</param>
    public bool Tell(IOperation wait, bool isWarning, CancellationToken cancellation) =>
        wait.SemanticModel is { } model
        && Of(model, cancellation).Chains.Any(chain => chain.Wait.Syntax == wait.Syntax && (chain.IsSure || !isWarning))
        && Rule.IsOn(LOCK202BlockingShutdownPathAnalyzer.Id, wait.Syntax.SyntaxTree, model.Compilation.Options, cancellation);

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
