// Reported by LOCK205. Told to stop by return.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace Wedges;

/// <summary>The guard needs a thread of the pool, and what is stuck has them all.</summary>
internal static class GuardOnThePool
{
    private const int Threads = 4;

    private static readonly ManualResetEventSlim Work = new();
    private static readonly CountdownEvent Blocked = new(Threads);

    public static void Run()
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        ThreadPool.SetMaxThreads(Threads, Threads);
        for (var i = 0; i < Threads; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Blocked.Signal();
                Work.Wait(TimeSpan.FromMinutes(5));
            });
        }

        Blocked.Wait(TimeSpan.FromSeconds(30));
        Ready.Say();
        Stop();
    }

    private static void Stop()
    {
        Task.Delay(1000).ContinueWith(_ => Environment.FailFast("The shutdown is stuck."));
        Work.Wait(TimeSpan.FromMinutes(5));
    }
}
