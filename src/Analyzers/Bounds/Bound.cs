namespace LockAnalyzers.Bounds;

/// <summary>What ends a wait, as far as the source tells.</summary>
internal enum Bound
{
    /// <summary>Nothing: it lasts until somebody else lets go.</summary>
    None,

    /// <summary>A finite time-out, or a token that can be cancelled.</summary>
    Finite,

    /// <summary>It does not wait at all: a time-out of zero.</summary>
    Zero,
}
