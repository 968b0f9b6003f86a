using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Files;

/// <summary>One use of a field that keeps a stream: the member asked of it, whom it is handed to, or that it is given away.</summary>
internal readonly record struct MemberUse(string Member, string? Callee, bool IsGiven);

/// <summary>
/// Finds the uses of a field or property in its own type by name. Names are enough: a local that hides the field would have to
/// be read like a stream to mislead, and then the worst that happens is silence.
/// </summary>
internal static class MemberUses
{
    public static IEnumerable<MemberUse> Of(ISymbol member, SyntaxNode place)
    {
        foreach (var declaration in member.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var name in Mentions.OfIdentifier(member.Name, declaration.GetSyntax()))
            {
                if (!place.Span.Contains(name.Span) && Find(name) is { } use)
                    yield return use;
            }
        }
    }

    private static MemberUse? Find(ExpressionSyntax value) => value.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == value => Find(access),
        MemberAccessExpressionSyntax access => new MemberUse(access.Name.Identifier.ValueText, null, false),
        ConditionalAccessExpressionSyntax access when access.Expression == value => new MemberUse(FirstMember(access.WhenNotNull), null, false),
        PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax => Find((ExpressionSyntax)value.Parent),
        ArgumentSyntax argument => Callee(argument) is { } callee ? new MemberUse("", callee, false) : null,
        ReturnStatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax => new MemberUse("", null, true),
        AssignmentExpressionSyntax assignment when assignment.Right == value => new MemberUse("", null, true),
        _ => null,
    };

    private static string FirstMember(ExpressionSyntax access) =>
        access.DescendantNodesAndSelf().OfType<MemberBindingExpressionSyntax>().FirstOrDefault()?.Name.Identifier.ValueText ?? "";

    private static string? Callee(ArgumentSyntax argument) => argument.Parent?.Parent switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => name.Identifier.ValueText,
        ObjectCreationExpressionSyntax creation => creation.Type.ToString(),
        ImplicitObjectCreationExpressionSyntax => "",
        _ => null,
    };
}
