using System.Collections.Concurrent;
using LockAnalyzers.Attempts;
using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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
        foreach (var node in root.DescendantNodes(MayHold))
        {
            walk.Shutdown.Look(node);
            walk.Retries.Look(node);
        }

        walk.Retries.Finish();
        return walk;
    }

    /// <summary>False for what has nothing of interest inside.</summary>
    private static bool MayHold(SyntaxNode node) => node.Kind() is not (
        SyntaxKind.IdentifierName or SyntaxKind.GenericName or SyntaxKind.QualifiedName or SyntaxKind.PredefinedType or SyntaxKind.NullableType
        or SyntaxKind.StringLiteralExpression or SyntaxKind.NumericLiteralExpression or SyntaxKind.CharacterLiteralExpression or SyntaxKind.TrueLiteralExpression
        or SyntaxKind.FalseLiteralExpression or SyntaxKind.NullLiteralExpression or SyntaxKind.ThisExpression or SyntaxKind.BaseExpression
        or SyntaxKind.UsingDirective or SyntaxKind.AttributeList or SyntaxKind.ParameterList or SyntaxKind.TypeParameterList or SyntaxKind.EnumDeclaration);
}
