using System.Runtime.InteropServices;
using Acme;

namespace Sdk;

/// <summary>Holds the model registry of this machine open for the program that started us.</summary>
internal sealed class Worker(string store, string journalPath)
{
    private readonly CancellationTokenSource _stopping = new();
    private PosixSignalRegistration? _terminate;
    private Thread? _opener;
    private Registry? _client;
    private Journal? _journal;

    public string Status => _client is null ? "opening" : $"ready, {_client.Count} models";

    public void Start()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Shutdown("SIGTERM");
        });

        Prepare(_stopping.Token);

        // In the background, so that pings are answered while the registry opens.
        _opener = new Thread(() => Open(_stopping.Token)) { IsBackground = true, Name = "opener" };
        _opener.Start();
    }

    public void Shutdown(string reason)
    {
        Log($"stopping: {reason}");
        _stopping.Cancel();
        Cleanup();
        Environment.Exit(0);
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        // The opener writes to the journal, and half an entry is worse than none.
        _opener?.Join();
    }

    private void Prepare(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        Directory.CreateDirectory(store);

        // One worker at a time lays out the store.
        using var launch = new FileStream(Path.Combine(store, "launch.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Directory.CreateDirectory(Path.Combine(store, "cache"));
        Directory.CreateDirectory(Path.Combine(store, "downloads"));
    }

    private void Open(CancellationToken stopping)
    {
        try
        {
            // wait: two workers that start or stop at the same moment must not fail each other
            Registry client = Registry.Open(new RegistryOptions { Path = store, Wait = true });
            stopping.ThrowIfCancellationRequested();

            _journal = Journal.Open(journalPath, stopping);
            _journal.Write($"opened {store}");
            _client = client;
            Log("ready");
        }
        catch (OperationCanceledException)
        {
            Log("stopped before the registry was open");
        }
        catch (Exception error)
        {
            Log($"no registry: {error.Message}");
        }
    }

    private void Cleanup()
    {
        if (_client is null)
        {
            Log("Cleanup completed successfully");
            return;
        }

        _journal?.Write($"closed {store}");
        _journal?.Dispose();
        _client.Dispose();
        Log("Cleanup completed successfully");
    }

    private static void Log(string message) => Console.Error.WriteLine(message);
}
