using System.Collections.Concurrent;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Wrappers;

/// <summary>
/// The functions of a compilation that may hand what they are given on to a wait, by their names: asked before anything is bound. Safe in
/// concurrent actions.
/// </summary>
internal sealed class WrapperNames
{
    /// <summary>A time-out that is handed through more functions than this is a design of its own, and each of them would have to be bound.</summary>
    public const int MostHops = 3;

    private readonly Dictionary<string, List<PassedOn>> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, int Hops), bool> _waits = new();
    private readonly Func<string, bool> _isWait;

    public WrapperNames(Compilation compilation, ResolvedCatalog catalog)
    {
        var imports = DeclaredNames.Imports(compilation);
        _isWait = name => catalog.ManagedWaits.HasName(name) || catalog.NativeWaits.ContainsKey(name) || imports.Contains(name);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var function in DeclaredNames.Given(tree))
            {
                if (!_byName.TryGetValue(function.Name, out var same))
                    _byName.Add(function.Name, same = new());
                same.Add(function);
            }
        }
    }

    /// <summary>True when a function of this name may be a wrapper. Bodies are looked through at the first question for each name.</summary>
    public bool HasName(string name) => HasName(name, MostHops);

    /// <summary>Those of one name.</summary>
    public IReadOnlyList<PassedOn> Of(string name) => _byName.TryGetValue(name, out var same) ? same : Array.Empty<PassedOn>();

    /// <summary>True for a call that may be one of a wrapper and gives it what may be no end.</summary>
    public bool MayBeCall(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { ArgumentList: { Arguments.Count: > 0 } arguments } call when CallActions.NameOf(call) is { } name =>
            (_byName.ContainsKey(name) && NoEnd.MayBeIn(arguments) && HasName(name)) || (call.Expression is IdentifierNameSyntax && NoEnd.IsIn(arguments)),
        BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: > 0 } arguments } =>
            CallActions.NameOf(node) is { } name ? _byName.ContainsKey(name) && NoEnd.MayBeIn(arguments) && HasName(name) : NoEnd.IsIn(arguments),
        ConstructorInitializerSyntax { ArgumentList: { Arguments.Count: > 0 } arguments } => NoEnd.MayBeIn(arguments),
        _ => false,
    };

    private bool HasName(string name, int hops)
    {
        if (hops == 0 || !_byName.TryGetValue(name, out var same))
            return false;
        if (!_waits.TryGetValue((name, hops), out var waits))
            _waits[(name, hops)] = waits = same.Exists(function => function.Called.Any(called => _isWait(called) || HasName(called, hops - 1)));
        return waits;
    }
}
