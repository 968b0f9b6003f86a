using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown.Guards;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown.Roots;

/// <summary>The first function of a program, and the files in which it and its host are set up; a library has none.</summary>
internal sealed class ProgramStart
{
    private readonly INamedTypeSymbol? _type;
    private readonly bool _armsFirst;
    private readonly bool _isGuarded;

    private ProgramStart(IMethodSymbol? entry, ImmutableArray<SyntaxTree> files, ShutdownFacts facts)
    {
        _type = entry?.ContainingType;
        _armsFirst = entry is not null && GuardHelper.SeemsToArm(entry, facts);
        _isGuarded = files.Any(file => GuardHelper.GuardsProgram(file, facts));
        Files = files;
    }

    public ImmutableArray<SyntaxTree> Files { get; }

    public static ProgramStart Of(Compilation compilation, ShutdownFacts facts)
    {
        if (compilation.GetEntryPoint(CancellationToken.None) is not { } entry)
            return new(null, ImmutableArray<SyntaxTree>.Empty, facts);
        var members = facts.Catalog.Words.Of("program-member").SelectMany(name => compilation.GetSymbolsWithName(name, SymbolFilter.Member));
        return new(entry, members.Prepend(entry).SelectMany(member => member.DeclaringSyntaxReferences).Select(reference => reference.SyntaxTree).Distinct().ToImmutableArray(), facts);
    }

    /// <summary>
    /// True when one of the files speaks of a guard that arms itself later, or the first function of any. What that function does for a
    /// root in its own type is known better.
    /// </summary>
    public bool Guards(INamedTypeSymbol? outermost) => _isGuarded || (_armsFirst && !SymbolEqualityComparer.Default.Equals(_type, outermost));
}
