using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;

namespace LockAnalyzers.Waits;

/// <summary>Who can keep a wait from ending.</summary>
internal enum Reach
{
    /// <summary>Nobody: it is bounded, or another rule speaks of it.</summary>
    None,

    /// <summary>Code of this process, as far as can be seen.</summary>
    Process,

    /// <summary>Any process.</summary>
    System,
}

/// <summary>Sorts the waits that nothing bounds. A lock of a library is the concern of a rule of its own, and a person may take his time.</summary>
internal static class WaitReach
{
    public static Reach Of(Wait wait, ResolvedCatalog catalog)
    {
        if (wait.Bound != Bound.None || wait.Entry.Library is not null || wait.Entry.Subject == WaitSubject.Input)
            return Reach.None;
        return wait.Entry.Sharing switch
        {
            WaitSharing.Always => Reach.System,
            WaitSharing.Named when NamedHandle.Of(wait, catalog).Name is var name
                && (name == HandleName.Given || (name == HandleName.Unknown && wait.Entry.IsOwnedWhenAbandoned && Handlers.ExpectAbandonment(wait.Operation))) => Reach.System,
            _ => Reach.Process,
        };
    }
}
