using LockAnalyzers.WaitOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>The edit that turns a wait option off.</summary>
internal sealed record OptionSwitch(SyntaxNode Old, SyntaxNode New)
{
    /// <summary>Null when there is no value to turn: an enum, or a fluent call without an argument.</summary>
    public static OptionSwitch? Find(WaitOptionUse use)
    {
        if (use.Value is { } value)
            return value.Type?.SpecialType == SpecialType.System_Boolean || value.ConstantValue is { HasValue: true, Value: bool }
                ? new OptionSwitch(value.Syntax, Opposite(value).WithTriviaFrom(value.Syntax))
                : null;

        // On by default: the argument that was left out is written.
        return use.Place is IInvocationOperation { Syntax: InvocationExpressionSyntax { ArgumentList: var list } } call
            && call.Arguments.Any(argument => argument.Parameter?.Name == use.Option && argument.ArgumentKind == ArgumentKind.DefaultValue)
                ? new OptionSwitch(list, list.AddArguments(WithBlank(RuntimeCall.Named(use.Option, LiteralExpression(SyntaxKind.FalseLiteralExpression)), list)))
                : null;
    }

    private static ArgumentSyntax WithBlank(ArgumentSyntax argument, ArgumentListSyntax list) =>
        list.Arguments.Count == 0 ? argument : argument.WithLeadingTrivia(Space);

    private static ExpressionSyntax Opposite(IOperation value) =>
        LiteralExpression(value.ConstantValue is { HasValue: true, Value: false } ? SyntaxKind.TrueLiteralExpression : SyntaxKind.FalseLiteralExpression);
}
