namespace LockAnalyzers.Tour;

/// <summary>The tour cannot go on; the message says why.</summary>
internal sealed class TourException(string message) : Exception(message);
