namespace LockAnalyzers.Tour;

/// <summary>How a run is judged.</summary>
internal enum Verdict
{
    /// <summary>What a sound program does.</summary>
    Good,

    /// <summary>The fault that the row is about.</summary>
    Fault,

    /// <summary>Neither.</summary>
    Unexpected,
}
