using LockAnalyzers.CodeFixes.Rules;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK203FalseCleanupReportAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK203FalseCleanupReportCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK203FalseCleanupReportFixTests
{
    [Fact]
    public Task Task_is_kept_and_settled() => Verify.Fixes("""
        using System.Threading;
        using System.Threading.Tasks;
        using Medallion.Threading;
        using Microsoft.Extensions.Hosting;

        class Leader(IDistributedLock turn) : IHostedService
        {
            private IDistributedSynchronizationHandle? _lease; // what we hold

            public Task StartAsync(CancellationToken token)
            {
                _ = TakeAsync(token); // in its own time
                return Task.CompletedTask;
            }

            public async Task StopAsync(CancellationToken token)
            {
                // nothing to do before the turn has come
                if ([|_lease is null|])
                    return;
                await _lease.DisposeAsync();
            }

            public void Dispose() => [|_lease?.Dispose()|];

            private async Task TakeAsync(CancellationToken token) => _lease = await turn.AcquireAsync(cancellationToken: token);
        }
        """, """
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;
        using Medallion.Threading;
        using Microsoft.Extensions.Hosting;

        class Leader(IDistributedLock turn) : IHostedService
        {
            private IDistributedSynchronizationHandle? _lease; // what we hold
            private Task _acquiring = Task.CompletedTask;

            public Task StartAsync(CancellationToken token)
            {
                _acquiring = TakeAsync(token); // in its own time
                return Task.CompletedTask;
            }

            public async Task StopAsync(CancellationToken token)
            {
                await PendingAcquisition.SettleAsync(_acquiring);
                // nothing to do before the turn has come
                if (_lease is null)
                    return;
                await _lease.DisposeAsync();
            }

            public void Dispose()
            {
                PendingAcquisition.Settle(_acquiring);
                _lease?.Dispose();
            }

            private async Task TakeAsync(CancellationToken token) => _lease = await turn.AcquireAsync(cancellationToken: token);
        }
        """, LOCK203FalseCleanupReportCodeFix.RuntimeKey);

    [Fact]
    public Task Without_the_Runtime_the_winner_is_looked_at() => Verify.FixesWithoutRuntime("""
        using System;
        using System.Threading.Tasks;
        using Medallion.Threading;

        class Holder(IDistributedLock turn)
        {
            private IDisposable? _lease;
            private Task? _taking;

            public void Begin() => _taking = TakeAsync();

            public async Task StopAsync()
            {
                if ([|_lease != null|])
                    _lease.Dispose();
            }

            public bool Release()
            {
                if ([|_lease == null|])
                    return true;
                _lease.Dispose();
                return true;
            }

            private async Task TakeAsync() => _lease = await turn.AcquireAsync();
        }
        """, """
        using System;
        using System.Threading.Tasks;
        using Medallion.Threading;

        class Holder(IDistributedLock turn)
        {
            private IDisposable? _lease;
            private Task? _taking;

            public void Begin() => _taking = TakeAsync();

            public async Task StopAsync()
            {
                if (_taking != null && await Task.WhenAny(_taking, Task.Delay(TimeSpan.FromSeconds(10))) != _taking) throw new TimeoutException("The lock is still being acquired.");
                if (_lease != null)
                    _lease.Dispose();
            }

            public bool Release()
            {
                if (_taking != null && Task.WaitAny(new Task[] { _taking }, TimeSpan.FromSeconds(10)) < 0) return false;
                if (_lease == null)
                    return true;
                _lease.Dispose();
                return true;
            }

            private async Task TakeAsync() => _lease = await turn.AcquireAsync();
        }
        """);

    [Fact]
    public Task Work_item_becomes_a_task_and_two_beginnings_have_two_fields() => Verify.Fixes("""
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        static class FileLock
        {
            public static IDisposable Acquire(string path) => throw new NotSupportedException();
        }

        class Holder
        {
            private IDisposable? first;
            private IDisposable? second;

            public void Begin(string path) => ThreadPool.QueueUserWorkItem(_ => first = FileLock.Acquire(path));

            public void BeginSecond(string path)
            {
                Task.Run(() =>
                {
                    second = FileLock.Acquire(path);
                });
            }

            public bool Release()
            {
                if ([|first == null|])
                    return true;
                first.Dispose();
                [|second?.Dispose()|];
                return true;
            }
        }
        """, """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;

        static class FileLock
        {
            public static IDisposable Acquire(string path) => throw new NotSupportedException();
        }

        class Holder
        {
            private IDisposable? first;
            private IDisposable? second;
            private Task acquiring = Task.CompletedTask;
            private Task acquiring2 = Task.CompletedTask;

            public void Begin(string path) => acquiring = Task.Run(() => first = FileLock.Acquire(path));

            public void BeginSecond(string path)
            {
                acquiring2 = Task.Run(() =>
                {
                    second = FileLock.Acquire(path);
                });
            }

            public bool Release()
            {
                if (!PendingAcquisition.TrySettle(acquiring2)) return false;
                if (!PendingAcquisition.TrySettle(acquiring)) return false;
                if (first == null)
                    return true;
                first.Dispose();
                second?.Dispose();
                return true;
            }
        }
        """, LOCK203FalseCleanupReportCodeFix.RuntimeKey);

    [Fact]
    public Task Value_task_static_member_and_handler() => Verify.Fixes("""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Medallion.Threading;

        static class Instance
        {
            private static IDisposable? s_lease;

            public static void Begin(IDistributedLock turn)
            {
                TakeAsync(turn);
                AppDomain.CurrentDomain.ProcessExit += (_, _) => [|s_lease?.Dispose()|];
            }

            private static async ValueTask TakeAsync(IDistributedLock turn) => s_lease = await turn.AcquireAsync();
        }
        """, """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;
        using Medallion.Threading;

        static class Instance
        {
            private static IDisposable? s_lease;
            private static Task s_acquiring = Task.CompletedTask;

            public static void Begin(IDistributedLock turn)
            {
                s_acquiring = TakeAsync(turn).AsTask();
                AppDomain.CurrentDomain.ProcessExit += (_, _) => { PendingAcquisition.Settle(s_acquiring); s_lease?.Dispose(); };
            }

            private static async ValueTask TakeAsync(IDistributedLock turn) => s_lease = await turn.AcquireAsync();
        }
        """, LOCK203FalseCleanupReportCodeFix.RuntimeKey);

    [Fact]
    public Task Outcome_is_tested() => Verify.Fixes("""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Medallion.Threading;

        class Holder(IDistributedLock turn)
        {
            private IDisposable? _lease;
            private Task _taking = Task.CompletedTask;

            public void Begin() => _taking = TakeAsync();

            public async Task StopAsync()
            {
                await [|Task.WhenAny(_taking, Task.Delay(1000))|].ConfigureAwait(false); // a second is enough
                _lease?.Dispose();
            }

            public bool Release()
            {
                [|_taking.Wait(1000)|];
                _lease?.Dispose();
                return true;
            }

            public void Dispose()
            {
                [|Task.WaitAny(new[] { _taking }, 1000)|];
                _lease?.Dispose();
            }

            private async Task TakeAsync() => _lease = await turn.AcquireAsync();
        }
        """, """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Medallion.Threading;

        class Holder(IDistributedLock turn)
        {
            private IDisposable? _lease;
            private Task _taking = Task.CompletedTask;

            public void Begin() => _taking = TakeAsync();

            public async Task StopAsync()
            {
                if (await Task.WhenAny(_taking, Task.Delay(1000)).ConfigureAwait(false) != _taking)
                    throw new TimeoutException(); // a second is enough
                _lease?.Dispose();
            }

            public bool Release()
            {
                if (!_taking.Wait(1000))
                    return false;
                _lease?.Dispose();
                return true;
            }

            public void Dispose()
            {
                if (Task.WaitAny(new[] { _taking }, 1000) < 0)
                    throw new TimeoutException();
                _lease?.Dispose();
            }

            private async Task TakeAsync() => _lease = await turn.AcquireAsync();
        }
        """);

    [Fact]
    public Task No_fix_for_threads_loops_async_void_and_locals() => Verify.OffersNoFix("""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Medallion.Threading;

        class Holder(IDistributedLock turn)
        {
            private IDisposable? _first;
            private IDisposable? _second;
            private IDisposable? _third;

            public void Begin()
            {
                new Thread(() => _first = turn.Acquire()).Start();
                for (var i = 0; i < 3; i++)
                    Task.Run(() => _second = turn.Acquire());
            }

            public async void BeginThird() => _third = await turn.AcquireAsync();

            public void Dispose()
            {
                [|_first?.Dispose()|];
                [|_second?.Dispose()|];
                [|_third?.Dispose()|];
            }
        }
        """);
}
