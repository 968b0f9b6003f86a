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

            case "parent-death":
                AwaitStop(ShutdownSignals.Listen(Never).OrParentDeath());
                return Healthy;

            case "parent-death-stuck":
                AwaitStop(ShutdownSignals.Listen(Soon).OrParentDeath());
                StuckCall.ForEver();
                return Healthy;

            case "parent-death-full-pool":
            {
                ShutdownSignals signals = ShutdownSignals.Listen(Never).OrParentDeath();
                PoolFiller.Fill();
                AwaitStop(signals);
                return Healthy;
            }

            case "input-end":
                AwaitStop(ShutdownSignals.Listen(Never).OrInputEnd());
                return Healthy;

            case "input-end-stuck":
                AwaitStop(ShutdownSignals.Listen(Soon).OrInputEnd());
                StuckCall.ForEver();
                return Healthy;

            case "input-end-while-reading":
            {
                ShutdownSignals signals = ShutdownSignals.Listen(Never).OrInputEnd();
                Console.WriteLine(Console.ReadLine());
                new Thread(static () => Console.ReadLine()) { IsBackground = true }.Start();
                AwaitStop(signals);
                return Healthy;
            }

            case "input-end-then-signals":
                AwaitStop(ShutdownSignals.Listen(Never).OrInputEnd());
                using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, static _ => Console.WriteLine("signal")))
                {
                    return Park();
                }

            case "all-and-ends":
                ShutdownSignals.Listen(Never).OrParentDeath().OrInputEnd();
                return Healthy;

            case "told":
            {
                ShutdownSignals signals = ShutdownSignals.Listen(Soon);
                new Thread(() =>
                {
                    signals.Stop();
                    signals.Stop();
                }).Start();
                AwaitStop(signals);
                StuckCall.ForEver();
                return Healthy;
            }

            case "disposed-before-the-input-ends":
            {
                ShutdownSignals signals = ShutdownSignals.Listen(Soon).OrInputEnd();
                signals.Dispose();
                return Park();
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
