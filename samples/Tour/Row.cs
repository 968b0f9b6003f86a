namespace LockAnalyzers.Tour;

/// <summary>One row of the table: a story that is played with the program as it was and with the fixed one.</summary>
internal abstract class Row
{
    public abstract string Name { get; }

    /// <summary>How the program as it was is expected to do; the fixed one is expected to do well.</summary>
    public virtual Verdict Before => Verdict.Fault;

    /// <summary>Plays the story.</summary>
    /// <param name="stage">The build, and what it takes to run it.</param>
    /// <param name="cancellationToken">Ends the tour.</param>
    public abstract Task<Outcome> PlayAsync(Stage stage, CancellationToken cancellationToken);
}
