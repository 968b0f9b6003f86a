using System.Collections.Concurrent;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.WaitOptions;
using LockAnalyzers.Wrappers;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown;

/// <summary>What the reading of bodies needs to know of the compilation.</summary>
internal sealed class ShutdownFacts
{
    private readonly ConcurrentDictionary<SyntaxTree, ShutdownFile> _files = new();
    private readonly Compilation _compilation;
    private readonly FileWalks _walks;
    private readonly Implementations _implementations;
    private readonly Lazy<ProgramStart> _program;

    public ShutdownFacts(Compilation compilation, ResolvedCatalog catalog, FileWalks walks, WrapperCalls wrappers)
    {
        _walks = walks;
        Catalog = catalog;
        Wrappers = wrappers;
        WaitOptions = new WaitOptionFinder(catalog);
        _compilation = compilation;
        _implementations = new Implementations(compilation);
        _program = new(() => ProgramStart.Of(compilation, this));
    }

    public ResolvedCatalog Catalog { get; }

    /// <summary>What matters to a shutdown in one file; read once, by whichever rule asks first.</summary>
    public ShutdownFile File(SemanticModel model, CancellationToken cancellation) =>
        _files.TryGetValue(model.SyntaxTree, out var known) ? known : _files.GetOrAdd(model.SyntaxTree, new ShutdownFile(model, _walks.Of(model.SyntaxTree, cancellation).Shutdown, this, cancellation));

    /// <summary>Calls that are told to wait.</summary>
    public WaitOptionFinder WaitOptions { get; }

    /// <summary>Functions of the compilation that only pass on to a wait.</summary>
    public WrapperCalls Wrappers { get; }

    /// <summary>Where the program begins. Asked for last: it has to be looked for.</summary>
    public ProgramStart Program => _program.Value;

    public ShutdownRole? Role(ISymbol member) => Catalog.Role(member);

    /// <summary>
    /// True for an abstract member declared in this compilation that no type in it implements: whoever loads as a plug-in does.
    /// Imported COM interfaces are the system's own.
    /// </summary>
    public bool IsPlugIn(IMethodSymbol method) =>
        method is { IsAbstract: true, IsStatic: false, ContainingType: { IsComImport: false } type }
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly)
        && !_implementations.Exist(type);
}
