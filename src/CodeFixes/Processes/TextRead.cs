using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Processes;

/// <summary><c>process.StandardError.ReadToEnd()</c>, or its asynchronous form: all of a stream as one text.</summary>
internal sealed record TextRead(ChildStream Stream, InvocationExpressionSyntax Call, bool IsAsync)
{
    /// <summary>
    /// The reads of one stream, or of both; null when one of them is of another kind, stands where a local declared at the site is not
    /// seen, or may follow another of the same stream, which would have found nothing left.
    /// </summary>
    public static List<TextRead>? All(ChildSite site, ChildStream? stream)
    {
        var reads = new List<TextRead>();
        foreach (var use in site.Fault.Child.Uses)
        {
            if (use is not { Role: ChildRole.Stream, Stream: { } used } || (stream is not null && used != stream))
                continue;
            if (use.Operation.Parent is not IInvocationOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } syntax } call
                || call.Instance != use.Operation
                || call.Type is not { } type
                || type.WithoutTask().SpecialType != SpecialType.System_String
                || site.Catalog.Children.Find(call.TargetMethod) is not { Role: ChildRole.ReadAll }
                || !site.Sees(syntax))
            {
                return null;
            }

            if (reads.Exists(read => read.Stream == used && !Leaves(read.Call, syntax)))
                return null;
            reads.Add(new TextRead(used, syntax, type.IsTask()));
        }

        return reads;
    }

    /// <summary>True when the block around the earlier read leaves before the later one.</summary>
    private static bool Leaves(SyntaxNode earlier, SyntaxNode later)
    {
        foreach (var ancestor in earlier.Ancestors())
        {
            if (ancestor.Span.Contains(later.Span))
                return false;
            if (ancestor is BlockSyntax { Statements: { Count: > 0 } statements } && statements.Last() is ReturnStatementSyntax or ThrowStatementSyntax)
                return true;
        }

        return false;
    }
}
