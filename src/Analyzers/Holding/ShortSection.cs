using LockAnalyzers.Catalog;
using LockAnalyzers.Waits;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Holding;

/// <summary>
/// Whether what is done under a lock is over in no time: nothing is awaited, no file, connection or process is used, and no foreign
/// code is called. Who waits for such a lock of this process waits for a moment.
/// </summary>
internal static class ShortSection
{
    /// <summary>False when the function does not give the lock back by a call: where the section ends cannot be told.</summary>
    public static bool Follows(Wait acquisition, ResolvedCatalog catalog) =>
        acquisition.Entry.Subject == WaitSubject.Lock && Section.Of(acquisition) is { } inside && inside.All(operation => IsShortOperation(operation, catalog));

    /// <summary>False when the lock is not held by a <c>using</c>: where it ends cannot be told.</summary>
    public static bool IsGuardedBy(IOperation acquisition, ResolvedCatalog catalog)
    {
        for (var current = acquisition; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IUsingOperation @using when @using.Resources == current:
                    return IsShort(@using.Body, catalog);
                case IUsingDeclarationOperation { Parent: IBlockOperation block } declaration:
                    return block.Operations.SkipWhile(statement => statement != declaration).Skip(1).All(statement => IsShort(statement, catalog));
                case IBlockOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or IExpressionStatementOperation:
                    return false;
            }
        }

        return false;
    }

    private static bool IsShort(IOperation section, ResolvedCatalog catalog) => section.DescendantsAndSelf().All(operation => IsShortOperation(operation, catalog));

    private static bool IsShortOperation(IOperation operation, ResolvedCatalog catalog) => operation switch
    {
        IAwaitOperation or ILockOperation or IDynamicInvocationOperation or IForEachLoopOperation { IsAsynchronous: true } or IReturnOperation { Kind: OperationKind.YieldReturn } => false,
        IInvocationOperation call => IsShort(call.TargetMethod, catalog) && catalog.ManagedWaits.Find(call.TargetMethod, call.Instance?.Type) is null,
        IObjectCreationOperation creation => creation.Constructor is null || !IsSlow(creation.Constructor.ContainingType, catalog),
        _ => true,
    };

    private static bool IsShort(IMethodSymbol method, ResolvedCatalog catalog) =>
        method.MethodKind != MethodKind.DelegateInvoke && !IsSlow(method.ContainingType, catalog)
        && (!(method.IsVirtual || method.IsAbstract || method.IsOverride) || method.ContainingType.IsSealed || IsPlain(method.ContainingType));

    /// <summary>Collections, texts and other values.</summary>
    private static bool IsPlain(INamedTypeSymbol type) =>
        Namespace(type) is { } name && ((name == "System" && type.TypeKind != TypeKind.Interface) || name == "System.Text" || name.StartsWith("System.Collections", StringComparison.Ordinal));

    private static bool IsSlow(INamedTypeSymbol type, ResolvedCatalog catalog)
    {
        for (ISymbol current = type; current is INamedTypeSymbol or INamespaceSymbol { IsGlobalNamespace: false }; current = current.ContainingSymbol)
        {
            if (catalog.Words.Of("slow-namespaces").Contains(current.ToDisplayString()))
                return !catalog.Words.Of("quick-types").Contains(type.Name);
        }

        return false;
    }

    private static string? Namespace(INamedTypeSymbol type) => type.ContainingNamespace?.ToDisplayString();
}
