using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK110IgnoredAcquireResultAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK110IgnoredAcquireResultCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK110IgnoredAcquireResultTests
{
    /// <summary>Signatures of libraries, and a depot around the statements of the story.</summary>
    private static string Depot(string body) => Usings + $$"""
        namespace Medallion.Threading
        {
            public interface IDistributedSynchronizationHandle : IDisposable, IAsyncDisposable { CancellationToken HandleLostToken { get; } }
            public interface IDistributedLock
            {
                IDistributedSynchronizationHandle Acquire(TimeSpan? timeout = null, CancellationToken cancellationToken = default);
                IDistributedSynchronizationHandle? TryAcquire(TimeSpan timeout = default, CancellationToken cancellationToken = default);
                ValueTask<IDistributedSynchronizationHandle> AcquireAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default);
                ValueTask<IDistributedSynchronizationHandle?> TryAcquireAsync(TimeSpan timeout = default, CancellationToken cancellationToken = default);
            }
        }

        namespace RedLockNet
        {
            public interface IRedLock : IDisposable, IAsyncDisposable { bool IsAcquired { get; } string Resource { get; } }
            public interface IDistributedLockFactory
            {
                IRedLock CreateLock(string resource, TimeSpan expiryTime);
                System.Threading.Tasks.Task<IRedLock> CreateLockAsync(string resource, TimeSpan expiryTime);
            }
        }

        class Depot
        {
            private int _crates;

            async Task<int> Load(Medallion.Threading.IDistributedLock yard, RedLockNet.IDistributedLockFactory red, TimeSpan patience)
            {
                await Task.Yield();
                {{body.Replace("\n", "\n        ")}}
                return _crates++;
            }
        }
        """;

    public sealed class Handles
    {
        [Theory]
        [InlineData("await using var mine = await [|yard.TryAcquireAsync(patience)|]; _crates++;")]
        [InlineData("await using (var mine = await [|yard.TryAcquireAsync()|].ConfigureAwait(false)) { _crates++; }")]
        [InlineData("using (var mine = [|yard.TryAcquire(patience)|]) { _crates++; }")]
        [InlineData("using ([|yard.TryAcquire(patience)|]) _crates++;")]
        [InlineData("var mine = [|yard.TryAcquire()|]; _crates++; mine?.Dispose();")]
        [InlineData("var mine = [|yard.TryAcquire()|]; try { _crates++; } finally { if (mine != null) { mine.Dispose(); } }")]
        [InlineData("[|yard.TryAcquire(patience)|]; _crates++;")]
        [InlineData("using var mine = [|red.CreateLock(\"yard\", patience)|]; _crates++;")]
        [InlineData("await using var mine = await [|red.CreateLockAsync(\"yard\", patience)|]; Console.WriteLine(mine.Resource);")]
        [InlineData("await using (await [|red.CreateLockAsync(\"yard\", patience)|]) { _crates++; }")]
        public Task Nobody_looks_at(string body) => Verify.Reports(Depot(body));

        [Theory]
        [InlineData("await using var mine = await yard.TryAcquireAsync(patience); if (mine is null) return 0; _crates++;")]
        [InlineData("using (var mine = yard.TryAcquire()) { if (mine != null) _crates++; }")]
        [InlineData("using var mine = yard.TryAcquire() ?? throw new TimeoutException(); _crates++;")]
        [InlineData("using var mine = yard.TryAcquire(); Console.WriteLine(mine!.HandleLostToken);")]
        [InlineData("await using var mine = await yard.AcquireAsync(patience); _crates++;")]
        [InlineData("using var mine = red.CreateLock(\"yard\", patience); if (!mine.IsAcquired) return 0; _crates++;")]
        [InlineData("using var mine = red.CreateLock(\"yard\", patience); Use(mine); void Use(RedLockNet.IRedLock held) => _crates++;")]
        [InlineData("if ((await red.CreateLockAsync(\"yard\", patience)).IsAcquired) _crates++;")]
        [InlineData("if (yard.TryAcquire() is { } mine) using (mine) _crates++;")]
        public Task Somebody_looks_at(string body) => Verify.StaysSilent(Depot(body));

        [Fact]
        public Task Fixed_by_the_form_that_throws_or_by_a_test() => Verify.Fixes(Depot("""
            await using (var mine = await [|yard.TryAcquireAsync(patience)|])
                _crates++;
            await using (var ours = await [|yard.TryAcquireAsync()|])
            {
                _crates++;
            }

            using var theirs = [|red.CreateLock("yard", patience)|];
            """), Depot("""
            await using (var mine = await yard.AcquireAsync(patience))
                _crates++;
            await using (var ours = await yard.TryAcquireAsync())
            {
                if (ours is null)
                    throw new TimeoutException();
                _crates++;
            }

            using var theirs = red.CreateLock("yard", patience);
            if (!theirs.IsAcquired)
                throw new TimeoutException();
            """));

        [Theory]
        [InlineData("using ([|yard.TryAcquire()|]) _crates++;")]
        [InlineData("await using (await [|red.CreateLockAsync(\"yard\", patience)|]) { _crates++; }")]
        public Task No_fix_for_a_handle_without_a_name(string body) => Verify.OffersNoFix(Depot(body));
    }
}
