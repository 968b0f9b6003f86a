namespace LockAnalyzers.Runtime;

/// <summary>The words that stand in tags and events.</summary>
internal static class Names
{
    public static string Of(WaitForm form) => form switch
    {
        WaitForm.File => "file",
        WaitForm.Retry => "retry",
        WaitForm.Wait => "wait",
        _ => "process",
    };

    public static string Of(WaitEnd end) => end switch
    {
        WaitEnd.Acquired => "acquired",
        WaitEnd.TimedOut => "timeout",
        WaitEnd.Cancelled => "cancelled",
        _ => "failed",
    };
}
