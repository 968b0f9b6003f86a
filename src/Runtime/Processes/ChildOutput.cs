namespace LockAnalyzers.Runtime;

/// <summary>What a child process wrote before it ended. Instances are immutable.</summary>
public sealed class ChildOutput
{
    internal ChildOutput(string standardOutput, string standardError)
    {
        StandardOutput = standardOutput;
        StandardError = standardError;
    }

    /// <summary>All that was left to read of its standard output; empty when that was not redirected.</summary>
    public string StandardOutput { get; }

    /// <summary>All that was left to read of its standard error; empty when that was not redirected.</summary>
    public string StandardError { get; }
}
