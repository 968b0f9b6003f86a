using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown.Roots;

/// <summary>A place from which code of this type runs while the process ends.</summary>
/// <param name="Entry">What the catalog knows of it.</param>
/// <param name="Name">As messages name it.</param>
/// <param name="Location">The registration, or the name of the member.</param>
/// <param name="Owner">The member that registers, or that is the root itself.</param>
/// <param name="Handler">The handler as registered; null when the member itself is the root.</param>
internal sealed record Root(ShutdownRoot Entry, string Name, Location Location, ISymbol Owner, IOperation? Handler)
{
    /// <summary>True when a key of the terminal may be what runs the handler.</summary>
    public bool IsPress { get; init; }
}
