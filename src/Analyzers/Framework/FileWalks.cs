using System.Collections.Concurrent;
using LockAnalyzers.Attempts;
using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
    private readonly NameHints _hints;
    private readonly WrapperCalls _wrappers;

    public FileWalks(ResolvedCatalog catalog, WrapperCalls wrappers)
    {
        _wrappers = wrappers;
        _hints = new NameHints(catalog);
    }

    public FileWalk Of(SyntaxTree tree, CancellationToken cancellation) =>
        _walks.TryGetValue(tree, out var known) ? known : _walks.GetOrAdd(tree, Walk(tree.GetRoot(cancellation)));

    private FileWalk Walk(SyntaxNode root)
    {
        var walk = new FileWalk(new ShutdownPlaces(_wrappers), new RetryPlaces(_hints));
        foreach (var node in root.DescendantNodes(MayHold))
        {
            var hint = NameOf(node) is { } name ? _hints.Of(name) : NameHint.None;
            walk.Shutdown.Look(node, hint);
            walk.Retries.Look(node, hint);
        }

        walk.Retries.Finish();
        return walk;
    }

    /// <summary>The name that says what a node may be; null for most nodes.</summary>
    private static string? NameOf(SyntaxNode node) => node.Kind() switch
    {
        SyntaxKind.InvocationExpression or SyntaxKind.ObjectCreationExpression or SyntaxKind.AddAssignmentExpression or SyntaxKind.SimpleAssignmentExpression
            or SyntaxKind.SimpleMemberAccessExpression or SyntaxKind.PointerMemberAccessExpression => CallActions.NameOf(node),
        SyntaxKind.MethodDeclaration => ((MethodDeclarationSyntax)node).Identifier.ValueText,
        _ => null,
    };

    /// <summary>False for what has nothing of interest inside.</summary>
    private static bool MayHold(SyntaxNode node) => node.Kind() is not (
        SyntaxKind.IdentifierName or SyntaxKind.GenericName or SyntaxKind.QualifiedName or SyntaxKind.PredefinedType or SyntaxKind.NullableType
        or SyntaxKind.StringLiteralExpression or SyntaxKind.NumericLiteralExpression or SyntaxKind.CharacterLiteralExpression or SyntaxKind.TrueLiteralExpression
        or SyntaxKind.FalseLiteralExpression or SyntaxKind.NullLiteralExpression or SyntaxKind.ThisExpression or SyntaxKind.BaseExpression
        or SyntaxKind.UsingDirective or SyntaxKind.AttributeList or SyntaxKind.ParameterList or SyntaxKind.TypeParameterList or SyntaxKind.EnumDeclaration);
}
