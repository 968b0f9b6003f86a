using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Processes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Processes;

/// <summary>Reads both streams and waits, all within a limit that stands in the code: <c>BoundedProcess.ReadToEnd</c> in place of the wait.</summary>
internal static class BoundedReadEdit
{
    private const string Limit = "FromMinutes(10)";

    public static Edit? Find(ChildSite site, string key)
    {
        var child = site.Fault.Child;
        var isWait = site.Catalog.Children.Find(site.Call.TargetMethod) is { Role: ChildRole.Wait };
        if (!site.Site.Runtime.IsReferenced || site.Fault.End == WaitEnd.Limit || (isWait && site.WaitStatement is null)
            || child.Uses.Any(use => use.Role == ChildRole.Drain)
            || TextRead.All(site, stream: null) is not { } reads)
        {
            return null;
        }

        var replaced = reads.Select(read => Whole(read)).ToList();
        if (replaced.Contains(null))
            return null;

        var text = NewName.In(site.Statement, DrainEdit.Prefix(site.Process) + "Text");
        var call = RuntimeCall.Write(
            site.Site,
            "BoundedProcess",
            "ReadToEnd",
            Argument(ParseExpression(site.Process)),
            Argument(ParseExpression($"{FrameworkName.TimeSpan(site.Site)}.{Limit}")));
        return new Edit("Read both streams and wait within a limit (LockAnalyzers.Runtime)", key, editor =>
        {
            for (var i = 0; i < reads.Count; i++)
                editor.ReplaceNode(replaced[i]!, ParseExpression($"{text}.Standard{reads[i].Stream}").WithTriviaFrom(replaced[i]!));

            var statement = Parsed(reads.Count == 0 ? "x;" : $"var {text} = x;", call);
            if (isWait && site.WaitStatement == site.Statement)
            {
                editor.ReplaceNode(site.Statement, statement.WithTriviaFrom(site.Statement));
                return;
            }

            site.InsertBefore(editor, new[] { statement });
            if (isWait)
                editor.RemoveNode(site.WaitStatement!.Parent is GlobalStatementSyntax global ? global : site.WaitStatement, SyntaxRemoveOptions.KeepNoTrivia);
        });
    }

    /// <summary>Parsed, not built: what is built has elastic trivia, which lets the formatter at the lines around it.</summary>
    private static StatementSyntax Parsed(string text, ExpressionSyntax x)
    {
        var statement = ParseStatement(text);
        return statement.ReplaceNode(statement.DescendantNodes().OfType<IdentifierNameSyntax>().Last(), x);
    }

    /// <summary>The read with what waits for it; null when its task is kept, so that it is read where that is waited for.</summary>
    private static ExpressionSyntax? Whole(TextRead read)
    {
        if (!read.IsAsync)
            return read.Call;
        if (ChildSite.OutOfAwait(read.Call) is AwaitExpressionSyntax awaited)
            return awaited;
        return read.Call.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => result,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter", Parent: InvocationExpressionSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax result } } } => result,
            _ => null,
        };
    }
}
