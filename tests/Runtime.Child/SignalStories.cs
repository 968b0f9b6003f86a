using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime.Child;

/// <summary>What <see cref="ShutdownSignals"/> promises. Says "listening" when a signal may come, "stopping" when one has.</summary>
internal static class SignalStories
{
    private const int Healthy = 5;
    private const int Struck = 77;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    private static readonly ManualResetEventSlim Nothing = new();

    public static int Tell(string story)
    {
        switch (story)
        {
            case "healthy":
                using (ShutdownSignals signals = ShutdownSignals.Listen(Never, Struck))
                {
                    AwaitStop(signals);
                }

                return Healthy;

            case "stuck":
                AwaitStop(ShutdownSignals.Listen(Soon));
                StuckCall.ForEver();
                return Healthy;

            case "stuck-with-code":
                AwaitStop(ShutdownSignals.Listen(Soon, Struck));
                StuckCall.ForEver();
                return Healthy;

            case "stuck-in-process-exit":
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => StuckCall.ForEver();
                AwaitStop(ShutdownSignals.Listen(Soon, Struck));
                return Healthy;

            case "two-signals":
                AwaitStop(ShutdownSignals.Listen(Never));
                StuckCall.ForEver();
                return Healthy;

            case "stuck-callback":
            {
                ShutdownSignals signals = ShutdownSignals.Listen(Soon, Struck);
                signals.Token.Register(StuckCall.ForEver);
                return Park();
            }

            case "full-pool":
            {
                _ = ShutdownSignals.Listen(Soon, Struck);
                PoolFiller.Fill();
                return Park();
            }

            case "forgotten":
                ListenAndForget();
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return Park();

            case "disposed":
            {
                ShutdownSignals signals = ShutdownSignals.Listen(Soon, Struck);
                signals.Dispose();
                signals.Dispose();
                return Park();
            }

            case "disposed-after-the-signal":
            {
                ShutdownSignals signals = ShutdownSignals.Listen(Soon, Struck);
                AwaitStop(signals);
                signals.Dispose();
                StuckCall.ForEver();
                return Healthy;
            }

            case "terminate-only":
                _ = ShutdownSignals.Listen(Soon, Struck, PosixSignal.SIGTERM);
                return Park();

            default:
                throw new ArgumentException(story);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ListenAndForget() => ShutdownSignals.Listen(Soon, Struck);

    private static void AwaitStop(ShutdownSignals signals)
    {
        Console.WriteLine("listening");
        signals.Token.WaitHandle.WaitOne();
        Console.WriteLine("stopping");
    }

    private static int Park()
    {
        Console.WriteLine("listening");
        Nothing.Wait();
        return Healthy;
    }
}
