using LockAnalyzers.Runtime;
using LockAnalyzers.Runtime.Child;

// First argument: what to do. The parent learns the state from standard output and steers through standard input.
return Do(args);

static int Do(string[] args) => args switch
{
    ["hold", var path] => LockFile.Hold(path),
    ["open", var path, var milliseconds] => LockFile.Open(path, Milliseconds(milliseconds)),
    ["who", var path] => LockFile.Who(path),
    ["hold-lock", var path] => LockFile.HoldLock(path),
    ["lock", var path, var milliseconds] => LockFile.Lock(path, Milliseconds(milliseconds)),
    ["churn", var path, var count] => Churn.Run(path, int.Parse(count)),
    ["stress", var seconds, var processes, .. var kind] => StressRun.Run(int.Parse(seconds), int.Parse(processes), kind is [var other] ? other : "lock"),
    ["stress-worker", var board, var path, var number, ("lock" or "stream") and var kind] => StressWorker.Run(board, path, long.Parse(number), kind == "stream"),
    ["retry-with-full-pool", var milliseconds] => PoolFiller.Retry(Milliseconds(milliseconds)),
    ["wedge", var wedge, "unguarded"] => Wedges.Enter(wedge, arm: static () => { }),
    ["wedge", var wedge, var grace, var code] => Wedges.Enter(wedge, () => ShutdownWatchdog.Arm(Milliseconds(grace), int.Parse(code))),
    ["starved", .. var rest] => Starved(rest),
    ["watchdog", var story] => WatchdogStories.Tell(story),
#if !NETSTANDARD_BUILD
    ["signals", var story] => SignalStories.Tell(story),
    ["host", var story] => HostStories.Tell(story),
    ["host-log", var path] => HostStories.Log(path),
#endif
    ["write", var output, var error] => Writer.Write(int.Parse(output), int.Parse(error)),
    ["stay"] => Writer.Stay(),
    ["leave", .. var heir] => Writer.Leave(heir),
    ["build"] => Say(typeof(ShutdownWatchdog).Assembly.GetCustomAttributes(typeof(System.Runtime.Versioning.TargetFrameworkAttribute), false)
        .Cast<System.Runtime.Versioning.TargetFrameworkAttribute>().Single().FrameworkName),
    _ => throw new ArgumentException($"Unknown: {string.Join(' ', args)}"),
};

static int Starved(string[] args)
{
    PoolFiller.Fill();
    return Do(args);
}

static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(int.Parse(text));

static int Say(string text)
{
    Console.WriteLine(text);
    return 0;
}
