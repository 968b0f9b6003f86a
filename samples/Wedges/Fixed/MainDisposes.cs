// Reported by LOCK202 at Info. Told to stop by return.
using System;
using System.Threading;
using System.Threading.Tasks;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>Main waits for DisposeAsync, which waits for a turn that a worker never gives back.</summary>
internal static class MainDisposes
{
    public static async Task<int> Run()
    {
        await using var pump = new Pump();
        Ready.Say();
        return 0;
    }

    private sealed class Pump : IAsyncDisposable
    {
        private readonly SemaphoreSlim _turn = new(0, 1);

        public async ValueTask DisposeAsync() => await BoundedWait.ForAsync(_turn.WaitAsync);
    }
}
