using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Waits.Intent;

/// <summary>
/// Whether a wait without an end is only an overload that leaves the limit out (<c>Wait() => Wait(Timeout.Infinite)</c>): a default in another
/// form. Who has no use for waiting so calls the other.
/// </summary>
internal static class Shorthand
{
    public static bool Is(Wait wait, ISymbol member) =>
        wait is { Behind: not null, Member: IMethodSymbol called } && called.Name == member.Name
        && SymbolEqualityComparer.Default.Equals(called.ContainingType, member.ContainingType) && !SymbolEqualityComparer.Default.Equals(called, member);
}
