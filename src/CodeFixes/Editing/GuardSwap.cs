using LockAnalyzers.Shutdown.Guards;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>A guard made by hand, and the call of the Runtime that takes its place.</summary>
internal sealed record GuardSwap(ExpressionSyntax Old, ExpressionSyntax New)
{
    /// <summary>Null for guards that do more than wait and end the process, that are told how long elsewhere, or that something else refers to.</summary>
    public static GuardSwap? Find(FixSite site)
    {
        var root = site.Node.SyntaxTree.GetRoot(site.Cancellation);
        if (root.FindNode(site.Diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax end
            || site.Model.GetOperation(end, site.Cancellation) is not IInvocationOperation call
            || WeakGuard.Find(call, site.Context.Shutdown).FirstOrDefault(guard => guard.Setup.Syntax == site.Node || guard.Setup.Syntax == site.Node.Parent) is not { Delay.Syntax: ExpressionSyntax delay, Setup.Syntax: ExpressionSyntax setup }
            || !OnlyEnds(end) || Whole(setup) is not { } whole || Duration(site, delay) is not { } time)
        {
            return null;
        }

        var arguments = new List<ArgumentSyntax> { Argument(time) };
        if (call.Arguments.Length == 1 && ValueReader.ReadSingle(call.Arguments[0].Value).Number is >= 0 and <= byte.MaxValue && end.ArgumentList.Arguments is { Count: 1 } codes)
            arguments.Add(RuntimeCall.Named("exitCode", codes[0].Expression.WithoutTrivia()));
        var arm = ((InvocationExpressionSyntax)WatchdogStatement.Call(site, null))
            .WithArgumentList(ArgumentList(SeparatedList(arguments, Enumerable.Repeat(RuntimeCall.Comma, arguments.Count - 1))));
        return new GuardSwap(whole, arm.WithTriviaFrom(whole));
    }

    /// <summary>The function holds the call, a pause before it, and nothing else.</summary>
    private static bool OnlyEnds(InvocationExpressionSyntax end) =>
        end.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() switch
        {
            { ExpressionBody: { } expression } => expression == end,
            { Block.Statements: { Count: 1 or 2 } statements } => statements.Last() is ExpressionStatementSyntax last && last.Expression == end && statements.All(statement => statement is ExpressionStatementSyntax),
            _ => false,
        };

    /// <summary>The statement's whole expression, where its value is thrown away, or a <c>using var</c> that only disposes of it.</summary>
    private static ExpressionSyntax? Whole(ExpressionSyntax setup)
    {
        SyntaxNode whole = setup;
        if (whole.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax started } && started.Parent is ExpressionStatementSyntax)
            whole = started;
        return whole.Parent switch
        {
            ExpressionStatementSyntax => (ExpressionSyntax)whole,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax } => (ExpressionSyntax)whole,
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Type.IsVar: true, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } } declaration } statement
                when !IsUsed(declaration, statement) => (ExpressionSyntax)whole,
            _ => null,
        };
    }

    private static bool IsUsed(VariableDeclarationSyntax declaration, SyntaxNode initializer)
    {
        var name = declaration.Variables[0].Identifier.ValueText;
        return declaration.Parent?.Parent is { } scope && scope.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == name && !initializer.Span.Contains(use.Span));
    }

    /// <summary>Milliseconds become a time.</summary>
    private static ExpressionSyntax? Duration(FixSite site, ExpressionSyntax delay)
    {
        var type = site.Model.GetTypeInfo(delay, site.Cancellation).Type;
        return type.IsDuration() ? delay.WithoutTrivia()
            : type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 ? ParseExpression($"{FrameworkName.TimeSpan(site)}.FromMilliseconds({delay.WithoutTrivia()})")
            : null;
    }
}
