using LockAnalyzers.Catalog;
using LockAnalyzers.WaitOptions;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown;

/// <summary>What the reading of bodies needs to know of the compilation.</summary>
internal sealed class ShutdownFacts
{
    private readonly Dispatch _dispatch;
    private readonly Lazy<(IMethodSymbol? Method, bool IsGuard, bool Arms)> _entry;

    public ShutdownFacts(Compilation compilation, ResolvedCatalog catalog)
    {
        Catalog = catalog;
        WaitOptions = new WaitOptionFinder(catalog);
        Assembly = compilation.Assembly;
        _dispatch = Dispatch.OfCompilation(compilation);
        _entry = new(() => compilation.GetEntryPoint(CancellationToken.None) is { } entry
            ? (entry, GuardHelper.GuardsProgram(entry, this), GuardHelper.SeemsToArm(entry, this))
            : default);
    }

    public ResolvedCatalog Catalog { get; }

    /// <summary>Calls that are told to wait.</summary>
    public WaitOptionFinder WaitOptions { get; }

    /// <summary>
    /// True when the program arms a guard where it begins, by its words. What its first function does for a root in its own type is
    /// known better. Asked for last: the entry point has to be looked for.
    /// </summary>
    public bool IsGuardedByProgram(INamedTypeSymbol? outermost) =>
        _entry.Value is var (method, isGuard, arms) && (isGuard || (arms && !SymbolEqualityComparer.Default.Equals(method?.ContainingType, outermost)));

    private IAssemblySymbol Assembly { get; }

    public ShutdownRole? Role(ISymbol member) => Catalog.Role(member);

    /// <summary>
    /// True for an abstract member declared in this compilation that no type in it implements: whoever loads as a plug-in does.
    /// Imported COM interfaces are the system's own.
    /// </summary>
    public bool IsPlugIn(IMethodSymbol method) =>
        method is { IsAbstract: true, IsStatic: false, ContainingType: { IsComImport: false } type }
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, Assembly)
        && !_dispatch.IsImplemented(type);
}
