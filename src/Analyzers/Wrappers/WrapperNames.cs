using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Wrappers;

/// <summary>
/// The functions of a compilation that may hand what they are given on to a wait, by their names: asked before anything is bound. Immutable.
/// </summary>
internal sealed class WrapperNames
{
    /// <summary>A time-out that is handed through more functions than this is a design of its own, and each of them would have to be bound.</summary>
    public const int MostHops = 3;

    private readonly Dictionary<string, List<PassedOn>> _byName = new(StringComparer.Ordinal);

    public WrapperNames(Compilation compilation, ResolvedCatalog catalog, CancellationToken cancellation = default)
    {
        var all = new List<PassedOn>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            all.AddRange(PassedOn.In(tree));
        }

        if (all.Count == 0)
            return;
        var imports = DeclaredNames.Imports(compilation);
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        var isFound = new bool[all.Count];
        for (var hop = 0; hop < MostHops; hop++)
        {
            var added = new List<string>();
            for (var i = 0; i < isFound.Length; i++)
            {
                if (isFound[i] || !all[i].Called.Any(name => waiting.Contains(name) || catalog.ManagedWaits.HasName(name) || catalog.NativeWaits.ContainsKey(name) || imports.Contains(name)))
                    continue;
                isFound[i] = true;
                added.Add(all[i].Name);
                if (!_byName.TryGetValue(all[i].Name, out var same))
                    _byName.Add(all[i].Name, same = new());
                same.Add(all[i]);
                HasConstructors |= all[i].Declaration is Microsoft.CodeAnalysis.CSharp.Syntax.ConstructorDeclarationSyntax;
            }

            waiting.UnionWith(added);
        }
    }

    /// <summary>True when a constructor is among them.</summary>
    public bool HasConstructors { get; }

    public bool IsEmpty => _byName.Count == 0;

    public bool HasName(string name) => _byName.ContainsKey(name);

    /// <summary>Those of one name.</summary>
    public IReadOnlyList<PassedOn> Of(string name) => _byName.TryGetValue(name, out var same) ? same : Array.Empty<PassedOn>();
}
