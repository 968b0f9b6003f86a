using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>A deadline made above the statement, for a wait that takes a token and no time-out: <c>using var deadline = new CancellationTokenSource(…)</c>.</summary>
internal static class OwnDeadline
{
    /// <summary>Null where no statement can stand before the call, or the call takes no token.</summary>
    public static Action<SyntaxEditor>? Find(FixSite site, InvocationExpressionSyntax call)
    {
        if (call.Ancestors().FirstOrDefault(node => node is StatementSyntax or AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax) is not StatementSyntax { Parent: BlockSyntax } statement
            || !statement.StartsLine()
            || call.Ancestors().TakeWhile(node => node != statement.Parent).Any(node => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax))
        {
            return null;
        }

        var name = NewName.In(call, "deadline" + Number(site, call));
        if (WithToken(site, call, name) is not { } bounded)
            return null;

        var declaration = ParseStatement(
                $"using var {name} = new {FrameworkName(site, "System.Threading.CancellationTokenSource")}({FrameworkName(site, "System.TimeSpan")}.FromSeconds(10));")
            .WithLeadingTrivia(statement.GetLeadingTrivia())
            .WithTrailingTrivia(statement.LineEnd());
        return editor =>
        {
            editor.ReplaceNode(call, bounded);
            editor.InsertBefore(statement, declaration);
            editor.ReplaceNode(statement, (current, _) => current.WithLeadingTrivia(Whitespace(statement.Indentation())));
        };
    }

    /// <summary>Several locks in one member need names of their own, whichever is mended first.</summary>
    private static string Number(FixSite site, InvocationExpressionSyntax call)
    {
        var catalog = site.Context.Catalog;
        var before = call.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Count(other => other.SpanStart < call.SpanStart && Wait.Find(site.Model.GetOperation(other), catalog) is { Entry.IsLibraryLock: true }) ?? 0;
        return before == 0 ? "" : (before + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The name that is written is not declared yet, so that binding is asked with a token that is.</summary>
    private static InvocationExpressionSyntax? WithToken(FixSite site, InvocationExpressionSyntax call, string name)
    {
        const string Known = "default(global::System.Threading.CancellationToken)";
        return TokenArgument.Find(site, call, Known) is { Fixed: var bound }
            ? bound.ReplaceNodes(
                bound.ArgumentList.Arguments.Select(argument => argument.Expression).Where(expression => expression.ToString() == Known),
                (expression, _) => ParseExpression(name + ".Token").WithTriviaFrom(expression))
            : null;
    }

    private static string FrameworkName(FixSite site, string type) =>
        site.Model.Compilation.GetTypeByMetadataName(type)!.ToMinimalDisplayString(site.Model, site.Node.SpanStart);
}
