using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Cleanup;

/// <summary>What becomes of work that was begun.</summary>
internal enum FateKind
{
    /// <summary>It is waited for, handed on, or cannot be followed.</summary>
    Followed,

    /// <summary>Nobody keeps it.</summary>
    Forgotten,

    /// <summary>It is waited for no longer than a limit, and goes on.</summary>
    Raced,

    /// <summary>A variable keeps it.</summary>
    Kept,

    /// <summary>The function around it returns it.</summary>
    Returned,
}

/// <summary>What becomes of work that was begun, and the variable that keeps it.</summary>
internal readonly record struct Fate(FateKind Kind, string? KeptIn = null)
{
    /// <summary>Names of members that hand back another form of the same work, or set it going.</summary>
    private static readonly string[] Forms = { "ConfigureAwait", "AsTask", "Unwrap", "Preserve", "ContinueWith", "Start", "UnsafeStart" };

    /// <summary>The fate of the task, thread or call that an expression is.</summary>
    public static Fate Of(ExpressionSyntax work, SemanticModel model, ResolvedCatalog catalog)
    {
        for (var node = work; ;)
        {
            switch (node.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax or ConditionalAccessExpressionSyntax:
                    node = (ExpressionSyntax)node.Parent;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Parent: InvocationExpressionSyntax form } access when access.Expression == node && Array.IndexOf(Forms, name) >= 0:
                    node = form;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Parent: InvocationExpressionSyntax call } access when access.Expression == node:
                    return new Fate(IsForgetting(name) ? FateKind.Forgotten : IsRaced(call, name, model, catalog) ? FateKind.Raced : FateKind.Followed);
                case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } } when CallActions.NameOf(call) is { } name:
                    return name == "Add" && call.Expression is MemberAccessExpressionSyntax { Expression: var list } && CallActions.NameOf(list) is { } keeper ? new Fate(FateKind.Kept, keeper)
                        : new Fate(IsForgetting(name) ? FateKind.Forgotten : IsRaced(call, name, model, catalog) ? FateKind.Raced : FateKind.Followed);
                case BinaryExpressionSyntax: // Compared with the winner of a race.
                case ExpressionStatementSyntax or ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } }:
                case ArrowExpressionClauseSyntax { Parent: ConstructorDeclarationSyntax }:
                    return new Fate(FateKind.Forgotten);
                case AssignmentExpressionSyntax { Left: var left } assignment when assignment.Right == node:
                    return left is IdentifierNameSyntax { Identifier.ValueText: "_" } ? new Fate(FateKind.Forgotten)
                        : model.GetSymbolInfo(left).Symbol is ILocalSymbol local ? OfLocal(local.Name, assignment, model, catalog)
                        : CallActions.NameOf(left) is { } field ? new Fate(FateKind.Kept, field)
                        : default;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var variable, Parent.Parent: LocalDeclarationStatementSyntax } declarator }:
                    return OfLocal(variable, declarator, model, catalog);
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var variable } }:
                    return new Fate(FateKind.Kept, variable);
                case ReturnStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax:
                    return new Fate(FateKind.Returned);
                default:
                    return default;
            }
        }
    }

    /// <summary>A local is followed when somebody waits for it; else it is as its other uses are, and forgotten when there are none.</summary>
    private static Fate OfLocal(string name, SyntaxNode declaration, SemanticModel model, ResolvedCatalog catalog)
    {
        var fate = new Fate(FateKind.Forgotten);
        var uses = declaration.EnclosingFunction() ?? declaration.Scope();
        foreach (var use in uses.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText != name || use.SpanStart <= declaration.Span.End
                || use.Parent is MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax }) // thread.IsBackground = true
            {
                continue;
            }

            var own = Of(use, model, catalog);
            if (own.Kind == FateKind.Followed)
                return own;
            if (own.Kind != FateKind.Forgotten)
                fate = own;
        }

        return fate;
    }

    /// <summary><c>task.WaitAsync(limit)</c>, <c>thread.Join(1000)</c>, <c>Task.WhenAny(task, Task.Delay(limit))</c>.</summary>
    private static bool IsRaced(InvocationExpressionSyntax call, string name, SemanticModel model, ResolvedCatalog catalog) =>
        catalog.Races.HasName(name) && model.GetOperation(call) is IInvocationOperation { TargetMethod: var method } race && catalog.Races.Find(method) is not null
        && (CallBound.Of(race.Arguments) != Bound.None || catalog.Role(method) == ShutdownRole.Any);

    /// <summary>Helpers by which people say that they do not wait: <c>task.Forget()</c>, <c>FireAndForget(task)</c>.</summary>
    private static bool IsForgetting(string name) => Words.Of(name).Exists(static word => word is "forget" or "ignore" or "background" or "detach");
}
