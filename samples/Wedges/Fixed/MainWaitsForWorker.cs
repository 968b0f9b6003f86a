// Reported by LOCK105. Told to stop by SIGTERM.
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>Main is told to stop, and waits for a worker that waits for a file lock: the incident's twin.</summary>
internal static class MainWaitsForWorker
{
    private const int Exclusive = 2;

    private static readonly ManualResetEventSlim Stopping = new();

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int Flock(int file, int operation);

    public static async Task<int> Run()
    {
        var path = Path.GetTempFileName();
        var (holder, waiter) = (Open(path, 0), Open(path, 0));
        File.Delete(path);
        if (Flock(holder, Exclusive | 4) != 0)
        {
            throw new IOException("Somebody else has it.");
        }

        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Stopping.Set();
        });
        var worker = Task.Run(() => BoundedRetry.Native(() => Flock(waiter, Exclusive | 4)));
        Ready.Say();
        Stopping.Wait();
        return await worker == 0 ? 0 : 1;
    }
}
