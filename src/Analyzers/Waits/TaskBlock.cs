using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits;

/// <summary>
/// Extensions of tasks from other projects that say by name and signature that they block: they take a task and nothing that could bound the
/// wait, and give back what it was to bring (<c>task.Await()</c>, <c>task.WaitAndUnwrap()</c>).
/// </summary>
internal static class TaskBlock
{
    /// <summary>True when the name may be one; cheap.</summary>
    public static bool MayBe(string name, ResolvedCatalog catalog)
    {
        foreach (var word in catalog.Words.Of("task-block"))
        {
            if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The task that the call blocks on; null for any other call.</summary>
    public static IOperation? Find(IInvocationOperation call, ResolvedCatalog catalog)
    {
        if (!MayBe(call.TargetMethod.Name, catalog)
            || call.TargetMethod.OriginalDefinition is not { IsExtensionMethod: true, Parameters: [{ Type: var task }], ReturnType: var result } method || !task.IsTask() || result.IsTask()
            || SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, call.SemanticModel?.Compilation.Assembly))
        {
            return null;
        }

        return (method.ReturnsVoid || SymbolEqualityComparer.Default.Equals(result, task.WithoutTask())) && catalog.Words.Of("task-block").Contains(Words.Of(method.Name)[0])
            ? call.Arguments[0].Value
            : null;
    }
}
