using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Sql;

/// <summary>How a rule asks to see the commands that wait for a lock of a database with nothing to end it.</summary>
internal static class SqlActions
{
    /// <summary>Runs the action for each place that switches such a command's time-out off; the name of the property is asked before anything is bound.</summary>
    public static void RegisterSqlLocks(this CompilationStartAnalysisContext start, LockContext context, Action<SyntaxNodeAnalysisContext, SqlFunction> action)
    {
        var timeouts = context.Catalog.SqlTimeouts;
        start.RegisterSyntaxNodeAction(
            node =>
            {
                if (CallActions.NameOf(node.Node) is { } name && timeouts.HasName(name)
                    && node.SemanticModel.GetOperation(node.Node, node.CancellationToken) is ISimpleAssignmentOperation assignment
                    && SqlLockCommand.Find(assignment, context.Catalog) is { } function)
                {
                    action(node, function);
                }
            },
            SyntaxKind.SimpleAssignmentExpression);
    }
}
