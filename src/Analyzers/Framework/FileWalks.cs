using System.Collections.Concurrent;
using LockAnalyzers.Attempts;
using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Wrappers;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Framework;

/// <summary>What the rules that look at whole files may have to look at in one.</summary>
internal sealed record FileWalk(ShutdownPlaces Shutdown, RetryPlaces Retries);

/// <summary>
/// The <see cref="FileWalk"/>s of one compilation: each file is walked once, for all rules, by whichever asks first. To visit every node costs more than
/// what the rules then do with the few that they find. Safe in concurrent actions.
/// </summary>
internal sealed class FileWalks
{
    private readonly ConcurrentDictionary<SyntaxTree, FileWalk> _walks = new();
    private readonly ShutdownHints _shutdown;
    private readonly RetryHints _retries;
    private readonly WrapperCalls _wrappers;

    public FileWalks(ResolvedCatalog catalog, WrapperCalls wrappers)
    {
        _wrappers = wrappers;
        _shutdown = new ShutdownHints(catalog);
        _retries = new RetryHints(catalog);
    }

    public FileWalk Of(SyntaxTree tree, CancellationToken cancellation) =>
        _walks.TryGetValue(tree, out var known) ? known : _walks.GetOrAdd(tree, Walk(tree.GetRoot(cancellation)));

    private FileWalk Walk(SyntaxNode root)
    {
        var walk = new FileWalk(new ShutdownPlaces(_shutdown, _wrappers), new RetryPlaces(_retries));
        foreach (var node in root.DescendantNodes())
        {
            walk.Shutdown.Look(node);
            walk.Retries.Look(node);
        }

        walk.Retries.Finish();
        return walk;
    }
}
