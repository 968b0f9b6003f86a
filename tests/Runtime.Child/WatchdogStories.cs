using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime.Child;

/// <summary>What the handle promises. Own ends return <see cref="Healthy"/>, a watchdog that strikes <see cref="Struck"/>.</summary>
internal static class WatchdogStories
{
    private const int Healthy = 5;
    private const int Struck = 77;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    private static readonly ManualResetEventSlim Told = new();

    public static int Tell(string story)
    {
        switch (story)
        {
            case "healthy":
                ShutdownWatchdog.Arm(Never, Struck);
                return Healthy;

            case "disarmed":
                ShutdownWatchdog disarmed = ShutdownWatchdog.Arm(Soon, Struck);
                disarmed.Dispose();
                disarmed.Dispose();
                OutliveBothTimers();
                return Healthy;

            case "disarmed-by-many":
                ShutdownWatchdog shared = ShutdownWatchdog.Arm(Soon, Struck);
                Parallel.For(0, 8, _ => shared.Dispose());
                OutliveBothTimers();
                return Healthy;

            case "collected":
                ArmAndForget();
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
                OutliveBothTimers();
                return Healthy;

            case "earliest-wins":
                ShutdownWatchdog.Arm(Never, Healthy);
                ShutdownWatchdog.Arm(Soon, Struck);
                ShutdownWatchdog.Arm(Never, Healthy);
                OutliveBothTimers();
                return Healthy;

            case "one-of-two-disarmed":
                using (ShutdownWatchdog.Arm(Soon, Healthy))
                {
                    ShutdownWatchdog.Arm(Soon + Soon, Struck);
                }

                Thread.Sleep(Timeout.Infinite);
                return Healthy;

            case "on-cancelled":
            case "on-cancelled-before":
            {
                using var stopping = new CancellationTokenSource();
                if (story == "on-cancelled-before")
                {
                    stopping.Cancel();
                }

                ShutdownWatchdog.ArmOn(stopping.Token, Soon, Struck);
                stopping.Cancel();
                OutliveBothTimers();
                return Healthy;
            }

            case "on-cancelled-behind-a-stuck-callback":
            {
                var stopping = new CancellationTokenSource();
                ShutdownWatchdog.ArmOn(stopping.Token, Soon, Struck);
                stopping.Token.Register(StuckCall.ForEver);
                stopping.Cancel();
                return Healthy;
            }

            case "on-not-cancelled":
            {
                var stopping = new CancellationTokenSource();
                ShutdownWatchdog.ArmOn(stopping.Token, Soon, Struck);
                OutliveBothTimers();
                return Healthy;
            }

            case "on-disposed-before":
            case "on-disposed-after":
            {
                using var stopping = new CancellationTokenSource();
                ShutdownWatchdog pending = ShutdownWatchdog.ArmOn(stopping.Token, Soon, Struck);
                if (story == "on-disposed-before")
                {
                    pending.Dispose();
                }

                stopping.Cancel();
                pending.Dispose();
                OutliveBothTimers();
                return Healthy;
            }

            case "on-source-disposed-at-once":
                for (int i = 0; i < 200; i++)
                {
                    using var stopping = new CancellationTokenSource();
                    ShutdownWatchdog.ArmOn(stopping.Token, Soon, Struck).Dispose();
                }

                OutliveBothTimers();
                return Healthy;

            case "exit":
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => StuckCall.ForEver();
                ShutdownWatchdog.Exit(Struck, Soon);
                return Healthy;

            case "exit-without-error":
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => StuckCall.ForEver();
                ShutdownWatchdog.Exit(grace: Soon);
                return Healthy;

            case "exit-healthy":
                ShutdownWatchdog.Exit(Healthy, Never);
                return Struck;

            case "default-grace":
                ShutdownWatchdog.Arm(exitCode: Struck);
                Thread.Sleep(Timeout.Infinite);
                return Healthy;

            case "report":
                ShutdownWatchdog.BeforeStrike(Console.WriteLine, Reserve);
                ShutdownWatchdog.Arm(Never, Healthy);
                ShutdownWatchdog.Arm(Later, Struck);
                ShutdownWatchdog.Step("stopping the workers");
                ShutdownWatchdog.Step("closing the store");
                WaitElsewhere();
                PoolFiller.Fill();
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => StuckCall.ForEver();
                return Healthy;

            case "report-by-default":
                Console.SetError(Console.Out);
                ShutdownWatchdog.BeforeStrike();
                ShutdownWatchdog.Arm(Later, Struck);
                ShutdownWatchdog.Arm(Later, Struck);
                Thread.Sleep(Timeout.Infinite);
                return Healthy;

            case "events":
            {
                using var ear = new WatchdogEar();
                using (var stopping = new CancellationTokenSource())
                {
                    ShutdownWatchdog.ArmOn(stopping.Token, Never).Dispose();
                }

                ShutdownWatchdog.Arm(Never).Dispose();
                ShutdownWatchdog.Arm(Later, Struck);
                Thread.Sleep(Timeout.Infinite);
                return Healthy;
            }

            case "report-disarmed":
                ShutdownWatchdog.BeforeStrike(static _ => Console.WriteLine("told"), Reserve);
                ShutdownWatchdog.Arm(Soon, Struck).Dispose();
                OutliveBothTimers();
                return Healthy;

            case "report-again":
                ShutdownWatchdog.BeforeStrike(static _ => Told.Set(), Reserve);
                for (int i = 0; i < 2; i++)
                {
                    Told.Reset();
                    using (ShutdownWatchdog.Arm(Later, Struck))
                    {
                        Told.Wait();
                        Console.WriteLine("told");
                    }
                }

                return Healthy;

            case "report-blocks":
                return SleepUnlessTold(StuckCall.ForEver);

            case "report-throws":
                return SleepUnlessTold(static () => throw new InvalidOperationException());

            case "report-exits":
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => StuckCall.ForEver();
                return SleepUnlessTold(static () => Environment.Exit(Healthy));

            case "mechanism":
                ShutdownWatchdog.Arm(Soon, Struck);
                Console.WriteLine(HasWatchdogThread() ? "thread" : "kernel timer");
                Thread.Sleep(Timeout.Infinite);
                return Healthy;

            case "no-more-threads":
                Console.WriteLine("the console has its threads");
                ForbidMoreThreads();
                ShutdownWatchdog.Arm(Soon, Struck);
                Thread.Sleep(Timeout.Infinite);
                return Healthy;

            default:
                throw new ArgumentException(story);
        }
    }

    /// <summary>A thread that waits for a lock which it never gets; <see cref="LockDiagnostics"/> knows when it does.</summary>
    private static void WaitElsewhere()
    {
        new Thread(static () => BoundedRetry.Until(static () => false, RetryBudget.Within(Never))) { IsBackground = true }.Start();
        SpinWait.SpinUntil(static () => LockDiagnostics.GetPendingWaits().Count == 1);
    }

    private static int SleepUnlessTold(Action then)
    {
        ShutdownWatchdog.BeforeStrike(
            _ =>
            {
                Console.WriteLine("told");
                then();
            },
            Reserve);
        ShutdownWatchdog.Arm(Later, Struck);
        Thread.Sleep(Timeout.Infinite);
        return Healthy;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ArmAndForget() => ShutdownWatchdog.Arm(Soon, Struck);

    /// <summary>Longer than the grace and the half second after which SIGKILL follows.</summary>
    private static void OutliveBothTimers() => Thread.Sleep(Soon + TimeSpan.FromSeconds(1.5));

    /// <summary>Linux keeps 15 characters of a thread's name.</summary>
    private static bool HasWatchdogThread()
        => Directory.GetDirectories("/proc/self/task").Any(task => File.ReadAllText($"{task}/comm").Trim() == "ShutdownWatchdo");

    /// <summary>As an ordinary user, since root has no limit.</summary>
    private static void ForbidMoreThreads()
    {
        const int Nobody = 65534;
        const int Processes = 6;
        ulong[] one = [1, 1];
        if (SetUser(Nobody) != 0 || SetLimit(Processes, one) != 0)
        {
            throw new InvalidOperationException($"errno {Marshal.GetLastPInvokeError()}");
        }
    }

    [DllImport("libc", EntryPoint = "setuid", SetLastError = true)]
    private static extern int SetUser(int user);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static extern int SetLimit(int resource, ulong[] limit);

    /// <summary>Says what it hears of watchdogs.</summary>
    private sealed class WatchdogEar : EventListener
    {
        private const EventKeywords Watchdog = (EventKeywords)2;

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (source.Name == LockDiagnostics.SourceName)
            {
                EnableEvents(source, EventLevel.Informational, Watchdog);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs told) => Console.WriteLine($"{told.EventName} {string.Join(' ', told.Payload!)}".TrimEnd());
    }
}
