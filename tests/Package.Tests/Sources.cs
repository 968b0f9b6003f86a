namespace LockAnalyzers.Package.Tests;

/// <summary>The few sources that the stories are made of.</summary>
internal static class Sources
{
    /// <summary>LOCK105: flock without LOCK_NB.</summary>
    public static string WaitsForEver(string type) => $$"""
        using System.Runtime.InteropServices;

        public static class {{type}}
        {
            [DllImport("libc", SetLastError = true)]
            private static extern int flock(int fd, int operation);

            public static int Wait(int fd) => flock(fd, 2);
        }
        """;

    /// <summary>A library that needs the Runtime when it is called.</summary>
    public const string UsesRuntime = """
        public static class Budget
        {
            public static string Text => "a deadline of " + LockAnalyzers.Runtime.RetryBudget.Default.Deadline.TotalSeconds + " s";
        }
        """;

    public const string PrintsBudget = """
        public static class Program
        {
            public static void Main() => System.Console.WriteLine(Budget.Text);
        }
        """;

    public const string PrintsRuntimeItself = """
        public static class Program
        {
            public static void Main() => System.Console.WriteLine(Budget.Text + ", " + LockAnalyzers.Runtime.RetryBudget.Default.MaxDelay.TotalMilliseconds + " ms");
        }
        """;

    /// <summary>LOCK105 again, mended without the Runtime: the call has a time-out of its own, and its result is read.</summary>
    public const string WaitsOnHandle = """
        using System.Runtime.InteropServices;

        public static class Handle
        {
            [DllImport("kernel32.dll", SetLastError = true)]
            private static extern uint WaitForSingleObject(nint handle, uint milliseconds);

            public static bool IsSet(nint handle) => WaitForSingleObject(handle, 0xFFFFFFFF) == 0;
        }
        """;

    /// <summary>LOCK101: the shape of the incident, a store that is told to wait.</summary>
    public const string OpensWithWaitTrue = """
        public sealed class RegistryStore(Stream stream) : IDisposable
        {
            public static RegistryStore Open(string path, bool wait = false) => new(File.OpenRead(wait ? path + ".wait" : path));

            public bool IsOpen => stream.CanRead;

            public void Dispose() => stream.Dispose();
        }

        public static class Registry
        {
            public static RegistryStore Open(string path) => RegistryStore.Open(path, wait: true);
        }
        """;

    /// <summary>Works only once both are mended: the store that waits does not exist.</summary>
    public const string OpensAndLocks = """
        var path = typeof(Registry).Assembly.Location;
        using var store = Registry.Open(path);
        using var file = File.OpenRead(Path.ChangeExtension(path, ".deps.json"));
        var result = Native.Wait((int)file.SafeFileHandle.DangerousGetHandle());
        Console.WriteLine($"open: {store.IsOpen}, locked: {result == 0}");
        """;

    /// <summary>At Info, and so not in a build: a wait within this process.</summary>
    public const string WaitsForItself = """
        using System.Threading;

        public sealed class Itself
        {
            private readonly ManualResetEventSlim _ready = new ManualResetEventSlim();

            public void Run(CancellationToken token)
            {
                _ready.Wait();
                token.ThrowIfCancellationRequested();
            }
        }
        """;
}
