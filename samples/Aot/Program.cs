using System.Diagnostics;
using System.Runtime.CompilerServices;
using LockAnalyzers.Runtime;

// Without arguments: holds a lock, starts itself as one that waits for it and as one whose shutdown is stuck, and says how each ended.
const int Struck = 77;

return args switch
{
    ["waits", var path] => Waits(path),
    ["is-stuck", var path] => IsStuck(path),
    _ => Plays(),
};

static int Plays()
{
    Console.WriteLine(RuntimeFeature.IsDynamicCodeCompiled ? "on the JIT" : "Native AOT");
    string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    using FileLock held = FileLock.Acquire(path);

    (int code, string said) = Run("waits", path);
    bool isWell = Says("a held lock", code == 0 && said.Contains(path, StringComparison.Ordinal), code, said);
    (code, said) = Run("is-stuck", path);
    isWell &= Says("a stuck shutdown", code == Struck && said.Contains("Step: waiting in ProcessExit", StringComparison.Ordinal), code, said);
    return isWell ? 0 : 1;
}

static int Waits(string path)
{
    try
    {
        BoundedFile.Open(path, budget: RetryBudget.Within(TimeSpan.FromMilliseconds(200))).Dispose();
        return 1;
    }
    catch (LockTimeoutException e)
    {
        Console.WriteLine(e.Message);
        return 0;
    }
}

static int IsStuck(string path)
{
    ShutdownWatchdog.BeforeStrike(Console.WriteLine);
    AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        ShutdownWatchdog.Step("waiting in ProcessExit");
        BoundedFile.Open(path, budget: RetryBudget.Within(TimeSpan.FromDays(1)));
    };
    ShutdownSignals signals = ShutdownSignals.Listen(TimeSpan.FromSeconds(1), Struck).OrParentDeath();
    signals.Stop();
    return 0;
}

static (int Code, string Said) Run(params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
    string said = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return (process.ExitCode, said.TrimEnd());
}

static bool Says(string what, bool isWell, int code, string said)
{
    Console.WriteLine($"{(isWell ? "ok" : "NOT OK")}: {what} ended with {code}{Environment.NewLine}{said}");
    return isWell;
}
