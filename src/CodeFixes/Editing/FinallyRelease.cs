using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Places where a wait must not be given a way to fail.</summary>
internal static class FinallyRelease
{
    /// <summary>
    /// True inside a try whose finally gives back what is waited for: a wait that failed would be followed by giving back what was
    /// never taken (LOCK112). What gives back what a wrapper took is not known: any call in a finally may.
    /// </summary>
    public static bool Contains(InvocationExpressionSyntax call, Wait wait) =>
        call.Ancestors().OfType<TryStatementSyntax>().Any(@try =>
            @try.Block.Span.Contains(call.Span)
            && @try.Finally?.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(release =>
                release.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && (wait.Behind is not null || wait.Entry.Release.Contains(name))) == true);
}
