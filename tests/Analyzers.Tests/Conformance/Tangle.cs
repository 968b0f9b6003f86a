namespace LockAnalyzers.Analyzers.Tests.Conformance;

/// <summary>A source with many shapes at once, to be broken: recursion, nested functions, locals written in many ways.</summary>
internal static class Tangle
{
    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Runtime.Loader;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Tangle
        {
            public sealed record StoreOptions { public bool Wait { get; set; } public TimeSpan? LockTimeout { get; set; } }

            public sealed class Store : IDisposable
            {
                public static Store Open(string path, bool wait = true) => Open(path, wait);
                public static Store Open(StoreOptions options) => Open(o => { o.Wait = true; });
                public static Store Open(Action<StoreOptions> configure) { configure(new() { Wait = true }); return Open(configure); }
                public void Dispose() => Dispose();
            }

            public partial class Libc
            {
                public const int LOCK_EX = 2, LOCK_NB = 4;
                [DllImport("libc", EntryPoint = "flock")] public static extern int Take(int fd, int operation);
                [DllImport("libc")] public static extern int poll(int[] fds, uint count, int timeout);
                [DllImport("libc")] public static extern uint alarm(uint seconds);
            }

            public abstract class Worker : IAsyncDisposable
            {
                private readonly Thread _thread = new(() => Libc.Take(1, Libc.LOCK_EX)) { IsBackground = true };
                private FileStream? _lock = new FileStream("a.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                private static readonly int Flags = Flags | Libc.LOCK_EX;

                protected Worker()
                {
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(3);
                    AppDomain.CurrentDomain.ProcessExit += OnExit;
                    Console.CancelKeyPress += (_, e) => { e.Cancel = true; _thread.Join(); };
                    AssemblyLoadContext.Default.Unloading += _ => Close();
                    PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { context.Cancel = true; StopAsync(default).Wait(); Environment.Exit(0); });
                }

                protected abstract void Close();

                private void OnExit(object? sender, EventArgs e) => Even(3);
                private bool Even(int n) => n == 0 || Odd(n - 1);
                private bool Odd(int n) => n != 0 && Even(n - 1);

                public int Stop(int depth)
                {
                    int flags = Libc.LOCK_EX, other;
                    for (var i = 0; i < depth; i++)
                    {
                        flags |= i % 2 == 0 ? Libc.LOCK_NB : flags;
                        try { flags = flags switch { 1 => 2, 2 => flags | 4, _ => Libc.Take(i, flags) }; }
                        catch (IOException) when (i < 3) { flags ^= 4; continue; }
                        finally { other = flags; }
                    }

                    return Local(flags) + Libc.poll(new[] { 1 }, 1, -1);

                    int Local(int again)
                    {
                        Func<int, int> lambda = x => { int inner = x; inner |= again; return Libc.Take(inner, inner); };
                        return again > 0 ? Local(again - 1) : lambda(Libc.Take(1, flags));
                    }
                }

                public async Task StopAsync(CancellationToken token)
                {
                    while (true)
                    {
                        try { _lock = File.Open("x.lock", FileMode.OpenOrCreate); break; }
                        catch (IOException) { await Task.Delay(50); }
                    }

                    await using var store = Store.Open("x", wait: true);
                    using (Store.Open(new StoreOptions { Wait = true }))
                        await StopAsync(CancellationToken.None);
                    goto again;
                again:
                    _thread.Join();
                }

                public ValueTask DisposeAsync() => new(StopAsync(default));
            }
        }
        """;
}
