using System.Runtime.CompilerServices;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Holding;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>
/// A private lock field that becomes a <c>SemaphoreSlim</c>: its declaration and each of its uses. Decided as a whole: one use that
/// has no counterpart, and there is nothing to offer.
/// </summary>
internal sealed class SemaphoreSwap
{
    /// <summary>Fields that an editor has done already: several reports of one field are mended by one edit.</summary>
    private static readonly ConditionalWeakTable<SyntaxEditor, HashSet<ISymbol>> Done = new();

    private readonly IFieldSymbol _field;
    private readonly List<(SyntaxNode Old, SyntaxNode New)> _edits;

    private SemaphoreSwap(IFieldSymbol field, List<(SyntaxNode Old, SyntaxNode New)> edits)
    {
        _field = field;
        _edits = edits;
    }

    public static SemaphoreSwap? Find(FixSite site, Wait wait, ResolvedCatalog catalog)
    {
        if (wait.Target is not IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences.Length: 1 } field }
            || field.ContainingType.DeclaringSyntaxReferences.Length != 1
            || field.DeclaringSyntaxReferences[0].GetSyntax(site.Cancellation) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator
            || declaration.SyntaxTree != site.Node.SyntaxTree
            || declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type
            || Creation(site, wait, declarator) is not { } creation)
        {
            return null;
        }

        var semaphore = ParseTypeName(
            site.Model.Compilation.GetTypeByMetadataName("System.Threading.SemaphoreSlim")?.ToMinimalDisplayString(site.Model, declaration.SpanStart) ?? "SemaphoreSlim");
        var edits = new List<(SyntaxNode, SyntaxNode)> { (declaration.Type, semaphore.WithTriviaFrom(declaration.Type)) };
        edits.Add((creation.Old, creation.New is ObjectCreationExpressionSyntax made ? made.WithType(semaphore.WithTriviaFrom(made.Type)) : creation.New));

        var acquirers = new HashSet<SyntaxNode>();
        foreach (var name in type.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == field.Name))
        {
            if (!SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name, site.Cancellation).Symbol, field))
                continue;
            if (Swapped(site, wait, name, catalog) is not { } edit)
                return null;
            if (edit.IsAcquisition)
                acquirers.Add(name.FirstAncestorOrSelf<MemberDeclarationSyntax>()!);
            if (edit.Old != edit.New)
                edits.Add((edit.Old, edit.New));
        }

        // A thread may take again what it holds; a semaphore would wait for itself.
        return wait.Entry.IsThreadAffine && acquirers.Any(acquirer => NameCalls.Reach(type, acquirer, acquirers)) ? null : new SemaphoreSwap(field, edits);
    }

    public void Apply(SyntaxEditor editor)
    {
        if (!Done.GetOrCreateValue(editor).Add(_field))
            return;
        foreach (var (old, swapped) in _edits)
            editor.ReplaceNode(old, swapped);
    }

    /// <summary>What makes the lock, free at first and without a name, and what makes the semaphore in its place.</summary>
    private static (ExpressionSyntax Old, ExpressionSyntax New)? Creation(FixSite site, Wait wait, VariableDeclaratorSyntax declarator)
    {
        if (declarator.Initializer?.Value is not BaseObjectCreationExpressionSyntax { Initializer: null } made
            || site.Model.GetOperation(made, site.Cancellation) is not IObjectCreationOperation creation)
        {
            return null;
        }

        var given = creation.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit).ToList();
        if (!wait.Entry.IsThreadAffine)
            return given.Count == 2 ? (made, made) : null;
        if (!given.All(argument => argument.Value.ConstantValue is { HasValue: true, Value: false }) || given.Count > 1)
            return null;
        var arguments = ParseArgumentList("(1, 1)").WithTriviaFrom((SyntaxNode?)made.ArgumentList ?? made);
        return (made, made.WithArgumentList(arguments));
    }

    private static (SyntaxNode Old, SyntaxNode New, bool IsAcquisition)? Swapped(FixSite site, Wait reported, IdentifierNameSyntax name, ResolvedCatalog catalog)
    {
        var target = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own && own.Name == name ? (ExpressionSyntax)own : name;
        var call = target.Parent switch
        {
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax invocation } access when access.Expression == target => invocation,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } => invocation,
            _ => null,
        };
        if (call is null || site.Model.GetOperation(call, site.Cancellation) is not IInvocationOperation operation)
            return null;
        if (Wait.Find(operation, catalog) is { } wait && SameSyntax(wait.Target, target))
            return Acquire(site, wait, target, call) is { } acquire ? (call, acquire.WithTriviaFrom(call), true) : null;
        if (operation.TargetMethod.Name == "Dispose")
            return (call, call, false);
        return operation.IsReleaseOf(reported) && call.Parent is ExpressionStatementSyntax
            ? (call, Call(target, "Release", operation.Instance is null ? ArgumentList() : call.ArgumentList).WithTriviaFrom(call), false)
            : null;
    }

    private static ExpressionSyntax? Acquire(FixSite site, Wait wait, ExpressionSyntax target, InvocationExpressionSyntax call)
    {
        var given = wait.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter!.Type.SpecialType != SpecialType.System_Object).ToList();
        if (wait.Entry.Subject != WaitSubject.Lock || given.Count > 1 || (given.Count == 1 && !CallBound.IsTimeout(given[0].Parameter!.Type, given[0].Parameter!.Name)))
            return null;

        var isAsync = AwaitScope.Allows(call);
        var arguments = given.Count == 1 ? ArgumentList(SingletonSeparatedList(Argument(((ArgumentSyntax)given[0].Syntax).Expression.WithoutTrivia())))
            : wait.Bound == Bound.Zero ? ParseArgumentList("(0)")
            : CallerToken.Find(site, call) is { } token ? ParseArgumentList($"({token})")
            : ArgumentList();
        var swapped = Call(target, isAsync ? "WaitAsync" : "Wait", arguments);
        return isAsync ? AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), swapped).InPlaceOf(call) : swapped;
    }

    private static bool SameSyntax(IOperation? operation, ExpressionSyntax target) => operation?.Unwrapped().Syntax == target;

    private static InvocationExpressionSyntax Call(ExpressionSyntax target, string method, ArgumentListSyntax arguments) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, target.WithoutTrivia(), IdentifierName(method)), arguments.WithoutTrivia());
}
