using LockAnalyzers.Catalog;
using LockAnalyzers.Cleanup;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Shutdown.Paths;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Cleanup;

/// <summary>The test of a wait with a limit whose outcome nobody reads.</summary>
internal static class OutcomeTest
{
    /// <summary>Null where the wait is more than a call, or is done in a statement without a block around it.</summary>
    public static RefusalTest? Find(FixSite site, LostOutcome found)
    {
        if (found.Place is not InvocationExpressionSyntax call || site.Model.GetOperation(call, site.Cancellation) is not IInvocationOperation { TargetMethod: var method, Arguments: var arguments })
            return null;
        ExpressionSyntax whole = call;
        while (whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured })
            whole = configured;
        if (whole.Parent is AwaitExpressionSyntax awaited)
            whole = awaited;
        var statement = whole.Parent switch
        {
            ExpressionStatementSyntax alone => alone,
            AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax discarded } => discarded,
            _ => null,
        };
        if (statement is not { Parent: BlockSyntax } || !statement.StartsLine())
            return null;

        if (method.ReturnType.SpecialType == SpecialType.System_Boolean)
            return RefusalTest.Of(statement, whole, "!{0}");
        if (method.ReturnType.SpecialType == SpecialType.System_Int32)
            return RefusalTest.Of(statement, whole, "{0} < 0");
        return whole is AwaitExpressionSyntax && site.Context.Shutdown.Role(method) == ShutdownRole.Any && arguments.Length > 0
            && TaskBound.Parts((IInvocationOperation)site.Model.GetOperation(call, site.Cancellation)!).ToList() is { Count: 2 }
            ? RefusalTest.Of(statement, whole, "{0} != " + found.Variable)
            : null;
    }
}
