using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Shutdown.Signals;

/// <summary>
/// A program that waits for a child keeps itself alive when a key is pressed: the terminal gives the signal to the child as well, which
/// decides what becomes of it.
/// </summary>
internal static class ChildShield
{
    /// <summary>True when the file starts a process or waits for one.</summary>
    public static bool StandsIn(SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        foreach (var call in model.SyntaxTree.GetRoot(cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (CallActions.NameOf(call) is { } name && (facts.Catalog.ChildWaits.HasName(name) || facts.Catalog.ShutdownMembers.HasName(name))
                && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
                && (facts.Catalog.ChildWaits.Find(method) is not null || facts.Role(method) == Catalog.ShutdownRole.Launch))
            {
                return true;
            }
        }

        return false;
    }
}
