namespace LockAnalyzers.Tour;

/// <summary>How one row of the table went for one build, as measured.</summary>
/// <param name="Text">What happened.</param>
/// <param name="Verdict">What that is.</param>
/// <param name="Time">From the order to stop, or from the moment the holder lets go, to the event.</param>
/// <param name="Unharmed">Whether the other process kept its lock, answered, and ended well itself.</param>
/// <param name="LastWords">The last line of the worker's log.</param>
internal sealed record Outcome(string Text, Verdict Verdict, TimeSpan Time, bool Unharmed, string LastWords = "");
