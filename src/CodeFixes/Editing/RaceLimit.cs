using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Races;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Takes the limit from beside an acquisition and puts it into it.</summary>
internal static class RaceLimit
{
    /// <summary>The token that the race was given, passed to the acquisition; null when that takes none.</summary>
    public static Action<SyntaxEditor>? ByToken(FixSite site, Race race)
    {
        if (Limit(race.Call, parameter => parameter.Type.IsToken()) is not { } token
            || race.Call.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit && CallBound.HasTimeout(new[] { argument }))
            || race.Runner.Acquisition.Operation is not IInvocationOperation { Syntax: InvocationExpressionSyntax acquisition }
            || !IsSimple(token) || TokenArgument.Find(site, acquisition, token.ToString()) is not { Fixed: var bounded })
        {
            return null;
        }

        // Where the race is around the acquisition itself, nothing of it is left.
        return race.Runner.Creation == race.Runner.Acquisition.Operation && race.Call.Instance is { } instance && IsForm(instance, acquisition)
            ? editor => editor.ReplaceNode(race.Call.Syntax, bounded.WithTriviaFrom(race.Call.Syntax))
            : acquisition.SyntaxTree == race.Call.Syntax.SyntaxTree && race.Call.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.Span.Contains(acquisition.Span) == true
                ? editor => editor.ReplaceNode(acquisition, bounded)
                : null;
    }

    /// <summary>The time-out of the race, as that of the acquisition, where the outcome is read in the same way.</summary>
    public static Action<SyntaxEditor>? ByTimeout(FixSite site, Race race)
    {
        if (race.Runner.Acquisition is not { Wait: { Entry: { Answer: WaitAnswer.Bool } entry } wait, Operation: IInvocationOperation { Syntax: InvocationExpressionSyntax acquisition } })
            return null;
        return race.Call.TargetMethod.Name switch
        {
            // task.Wait(limit) answers as the bounded member does.
            "Wait" when race.Call.Instance is { } instance && IsInline(instance, race.Runner.Creation) && Limit(race.Call, IsTimeout) is { } limit
                && Bounded(site, acquisition, Synchronous(wait.Member.Name), limit, SpecialType.System_Boolean) is { } bounded =>
                editor => editor.ReplaceNode(race.Call.Syntax, bounded.WithTriviaFrom(race.Call.Syntax)),

            // await task.WaitAsync(limit); throws a TimeoutException.
            "WaitAsync" when race.Runner.Creation == wait.Operation && race.Call.Instance is { } instance && IsForm(instance, acquisition) && Limit(race.Call, IsTimeout) is { } limit
                && race.Call.Syntax.Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax statement }
                && Bounded(site, acquisition, null, limit, SpecialType.None) is { } bounded =>
                editor => editor.ReplaceNode(statement, Checked(site, bounded, statement)),

            // await Task.WhenAny(wait, Task.Delay(limit)) == wait
            "WhenAny" when race.Runner.Creation == wait.Operation => Compared(site, race, acquisition),
            _ => null,
        };
    }

    private static Action<SyntaxEditor>? Compared(FixSite site, Race race, InvocationExpressionSyntax acquisition)
    {
        if (race.Call.Syntax.Parent is not AwaitExpressionSyntax { Parent: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison }
            || race.Call.Syntax is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } parts }
            || parts[0].Expression is not IdentifierNameSyntax { Identifier.ValueText: var name } || comparison.Right is not IdentifierNameSyntax { Identifier.ValueText: var compared } || name != compared
            || parts[1].Expression is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } delay }
            || !IsSimple(delay[0].Expression)
            || acquisition.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator }
            || declarator.Identifier.ValueText != name
            || Count(race.Call.Syntax, name) != 2
            || Bounded(site, acquisition, null, delay[0].Expression, SpecialType.None) is not { } bounded)
        {
            return null;
        }

        ExpressionSyntax replacement = AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), bounded);
        if (comparison.IsKind(SyntaxKind.NotEqualsExpression))
            replacement = PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, replacement);
        return editor =>
        {
            editor.ReplaceNode(comparison, replacement.WithTriviaFrom(comparison));
            editor.RemoveNode(declaration, SyntaxRemoveOptions.KeepNoTrivia);
        };
    }

    private static int Count(SyntaxNode place, string name) => place.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes()
        .Count(node => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name) ?? 0;

    private static IfStatementSyntax Checked(FixSite site, ExpressionSyntax bounded, StatementSyntax statement)
    {
        var exception = site.Model.Compilation.GetTypeByMetadataName("System.TimeoutException")!.ToMinimalDisplayString(site.Model, statement.SpanStart);
        return IfStatement(
            Token(SyntaxKind.IfKeyword).WithTrailingTrivia(Space),
            Token(SyntaxKind.OpenParenToken),
            PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), bounded)),
            Token(SyntaxKind.CloseParenToken).WithTrailingTrivia(statement.LineEnd()),
            ParseStatement($"throw new {exception}();").WithLeadingTrivia(Whitespace(Lines.Deeper(statement.Indentation()))).WithTrailingTrivia(statement.GetTrailingTrivia()),
            null).WithLeadingTrivia(statement.GetLeadingTrivia());
    }

    /// <summary>The acquisition with the limit behind its arguments, if there is such an overload.</summary>
    private static InvocationExpressionSyntax? Bounded(FixSite site, InvocationExpressionSyntax acquisition, string? name, ExpressionSyntax limit, SpecialType result)
    {
        if (!IsSimple(limit) || acquisition.ArgumentList.Arguments.Count > 0 || acquisition.Expression is not MemberAccessExpressionSyntax access)
            return null;
        var called = name is null ? access : access.WithName(IdentifierName(name));
        var bounded = acquisition.WithExpression(called).WithArgumentList(acquisition.ArgumentList.AddArguments(Argument(limit.WithoutTrivia()))).WithoutTrivia();
        return site.Model.GetSpeculativeSymbolInfo(site.Node.SpanStart, bounded, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol method
            && (result == SpecialType.None ? method.ReturnType.WithoutTask().SpecialType == SpecialType.System_Boolean : method.ReturnType.SpecialType == result)
            ? bounded
            : null;
    }

    private static string Synchronous(string name) => name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) : name;

    private static ExpressionSyntax? Limit(IInvocationOperation call, Func<IParameterSymbol, bool> isWanted) => call.Arguments
        .FirstOrDefault(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter is { } parameter && isWanted(parameter))?.Value.Syntax as ExpressionSyntax;

    private static bool IsTimeout(IParameterSymbol parameter) => CallBound.IsTimeout(parameter.Type, parameter.Name);

    /// <summary>Means the same a few lines above.</summary>
    private static bool IsSimple(ExpressionSyntax expression) => !expression.DescendantNodesAndSelf().Any(node => node is AwaitExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or DeclarationExpressionSyntax);

    private static bool IsInline(IOperation instance, IOperation creation) => instance.Syntax.Span.Contains(creation.Syntax.Span)
        && (creation is not IInvocationOperation { Arguments: { Length: > 0 } arguments } || Body(arguments[0].Value.Unwrapped()) is not BlockSyntax);

    private static SyntaxNode? Body(IOperation target) => (target.Syntax as LambdaExpressionSyntax)?.Body;

    /// <summary>The acquisition itself, or another form of its task.</summary>
    private static bool IsForm(IOperation instance, SyntaxNode acquisition) => instance.Syntax.Span.Contains(acquisition.Span) && instance.Unwrapped() is IInvocationOperation;
}
