using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Races;

/// <summary>What becomes of the task that lost a race: left behind, or kept by somebody who deals with it later.</summary>
internal static class Loser
{
    /// <summary>
    /// True when the task is raced again in a loop, handed on, stored, continued or returned; or awaited where the time-out has not
    /// left before.
    /// </summary>
    public static bool IsKept(IInvocationOperation race, IOperation raced, ResolvedCatalog catalog)
    {
        if (raced.Unwrapped() is not ILocalReferenceOperation { Local: var local } use || Definitions.SingleValue(use) is not { } made)
            return false;
        if (Loop(race.Syntax) is { } loop && !loop.Span.Contains(made.Syntax.Span))
            return true;
        foreach (var operation in race.Root().Descendants())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && !race.Syntax.Span.Contains(reference.Syntax.Span) && Keeps(reference, race, catalog))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a task is raced where it is made, or by the local that it is kept in.</summary>
    public static bool IsRaced(IInvocationOperation made, ResolvedCatalog catalog)
    {
        IOperation value = made;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "Unwrap" } or IArgumentOperation or IArrayInitializerOperation or IArrayCreationOperation)
            value = value.Parent;
        if (value is IInvocationOperation own && own != made && Race.Find(own, catalog) is not null)
            return true;
        if (value.Parent is IInvocationOperation race && Race.Find(race, catalog) is not null)
            return true;
        return value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
            && made.Root().Descendants().OfType<IInvocationOperation>().Any(call => call != made && catalog.Races.Find(call.TargetMethod) is not null
                && call.Descendants().Any(part => part is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)));
    }

    private static bool Keeps(ILocalReferenceOperation reference, IInvocationOperation race, ResolvedCatalog catalog)
    {
        IOperation value = reference;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => catalog.Races.Find(call.TargetMethod) is null,
            IReturnOperation or ISimpleAssignmentOperation => true,
            IInvocationOperation { TargetMethod.Name: "ContinueWith" } => true,
            IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" } => IsAfter(reference, race) && !IsGuarded(reference.Syntax, race.Syntax),
            _ => false,
        };
    }

    private static bool IsAfter(IOperation reference, IOperation race) => reference.Syntax.SpanStart > race.Syntax.Span.End;

    /// <summary>True when the await stands in a branch, or behind one that leaves: the time-out does not come there.</summary>
    private static bool IsGuarded(SyntaxNode reference, SyntaxNode race)
    {
        foreach (var node in reference.Ancestors())
        {
            if (node.Span.Contains(race.Span) && node is not IfStatementSyntax and not ConditionalExpressionSyntax)
                break;
            if (node is IfStatementSyntax or ConditionalExpressionSyntax or SwitchSectionSyntax or CatchClauseSyntax)
                return true;
        }

        var between = Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(race.SpanStart, reference.SpanStart);
        return race.FirstAncestorOrSelf<BlockSyntax>()?.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax).OfType<IfStatementSyntax>()
            .Any(branch => branch.Statement.Span.IntersectsWith(between) && branch.Statement.Span.End <= reference.SpanStart && branch.Statement.DescendantNodesAndSelf()
                .Any(node => node is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax)) == true;
    }

    private static SyntaxNode? Loop(SyntaxNode node) => Loops.RepeatedCode.Loops(node).FirstOrDefault();
}
