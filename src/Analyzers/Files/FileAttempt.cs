using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Files;

/// <summary>A call that throws while somebody else holds a file: it opens the file, or locks a range of it.</summary>
/// <param name="Name">How a message names it.</param>
/// <param name="IsExclusive">It lets nobody else in; else it is only kept out by one who does.</param>
internal readonly record struct FileAttempt(string Name, bool IsExclusive)
{
    public static FileAttempt? Find(IOperation operation, ResolvedCatalog catalog)
    {
        if (ExclusiveOpen.Find(operation, catalog) is { } open)
            return LockEvidence.IsContested(open, catalog) ? new FileAttempt(NameOf(operation), IsExclusive: true) : null;
        return operation switch
        {
            IInvocationOperation call when catalog.RegionLocks.Find(call.TargetMethod) is not null => new FileAttempt(NameOf(operation), IsExclusive: true),
            IInvocationOperation call when catalog.FileOpens.Find(call.TargetMethod) is not null || TakesShare(call.TargetMethod) => new FileAttempt(NameOf(operation), IsExclusive: false),
            IObjectCreationOperation { Constructor: { } constructor } when catalog.FileOpens.Find(constructor) is not null => new FileAttempt(NameOf(operation), IsExclusive: false),
            _ => null,
        };
    }

    /// <summary>How a message names the call: by type and method, or by the type that is made.</summary>
    public static string NameOf(IOperation call) => call is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Ordinary } method }
        ? $"{method.ContainingType.Name}.{method.Name}"
        : call.Type is { SpecialType: not SpecialType.System_Void } type ? type.Name : ((IInvocationOperation)call).TargetMethod.ContainingType.Name;

    /// <summary>A method of one's own that opens a file for its caller.</summary>
    private static bool TakesShare(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type is { Name: nameof(FileShare), ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } })
                return true;
        }

        return false;
    }
}
