namespace LockAnalyzers.Runtime.Tests;

/// <summary>Whatever a system does when it is asked, the timeout is thrown, and soon.</summary>
public sealed class HolderSearchTests : IDisposable
{
    private static readonly TimeSpan Patient = InTime.Limit;

    private readonly TemporaryDirectory _directory = new();

    private string Lock => _directory.File("lock");

    public HolderSearchTests() => File.WriteAllText(Lock, "");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_found_is_told()
        => Assert.Equal([1, 2], HolderSearch.Find(Lock, new Source(_ => [Holder(1), Holder(2)]), Patient).Select(holder => holder.ProcessId));

    [Fact]
    public void What_is_found_before_an_error_is_told()
    {
        static IEnumerable<LockHolder> Find()
        {
            yield return Holder(1);
            throw new InvalidOperationException();
        }

        Assert.Equal(1, Assert.Single(HolderSearch.Find(Lock, new Source(_ => Find()), Patient)).ProcessId);
    }

    [Fact]
    public void A_search_without_an_end_costs_no_more_than_the_limit_and_what_it_has_found_is_told()
    {
        using var never = new ManualResetEventSlim();
        IEnumerable<LockHolder> Find()
        {
            yield return Holder(1);
            never.Wait();
        }

        Assert.Equal(1, Assert.Single(HolderSearch.Find(Lock, new Source(_ => Find()), TimeSpan.FromSeconds(1))).ProcessId);
        never.Set();
    }

    [Fact]
    public void A_search_that_goes_on_is_told_when_nobody_waits_any_more()
    {
        using var told = new ManualResetEventSlim();

        HolderSearch.Find(
            Lock,
            new Source(enough =>
            {
                enough.WaitHandle.WaitOne();
                told.Set();
                return [];
            }),
            TimeSpan.FromMilliseconds(20));

        Assert.True(told.Wait(InTime.Limit));
    }

    [Fact]
    public void Searches_that_are_stuck_do_not_become_more_and_more()
    {
        using var never = new ManualResetEventSlim();
        int begun = 0;
        var stuck = new Source(_ =>
        {
            Interlocked.Increment(ref begun);
            never.Wait();
            return [];
        });

        for (int i = 0; i < 20; i++)
        {
            HolderSearch.Find(Lock, stuck, TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(begun, 0, 4);
        never.Set();
    }

    [Theory]
    [InlineData("no such file")]
    [InlineData("gate.WaitOne")]
    [InlineData("")]
    [InlineData("\0")]
    public void What_is_no_file_is_not_looked_for(string path)
        => Assert.Empty(HolderSearch.Find(path, new Source(_ => [Holder(1)]), Patient));

    [Fact]
    public void An_interrupted_thread_gets_its_timeout_and_stays_interrupted() => OnAThread(() =>
    {
        Thread.CurrentThread.Interrupt();

        HolderSearch.Find(Lock, new Source(_ => []), Patient);

        Assert.Throws<ThreadInterruptedException>(() => Thread.Sleep(Patient));
    });

    [Fact]
    public void A_process_that_has_ended_is_told_by_its_number()
    {
        var holder = LockHolder.Of(int.MaxValue, HolderEvidence.Lock);

        Assert.Equal((int.MaxValue, null, null), (holder.ProcessId, holder.ProcessName, holder.StartTime));
        Assert.Equal("a process (process 2147483647)", holder.ToString());
    }

    private static void OnAThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        Assert.True(thread.Join(InTime.Limit));
        Assert.Null(failure);
    }

    private static LockHolder Holder(int process) => new(process, HolderEvidence.Lock, null, null);

    private sealed class Source(Func<CancellationToken, IEnumerable<LockHolder>> find) : IHolderSource
    {
        public IEnumerable<LockHolder> Find(string path, CancellationToken enough) => find(enough);
    }
}
