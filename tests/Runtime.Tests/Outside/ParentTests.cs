using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>Who the parent is, on every system: above the native calls, which are told here.</summary>
public class ParentTests
{
    private const int ParentId = 100;
    private const int Reaper = 1;

    [Fact]
    public void Outside_of_the_container_there_is_nothing_to_wait_for()
    {
        Assert.Null(Parent.OnUnix(static () => 0, static _ => null));
        Assert.Null(Parent.OnWindows(new Windows { ParentId = 0 }));
    }

    [Fact]
    public async Task A_parent_that_ends_between_two_looks_has_ended()
    {
        int looks = 0;

        await Ends(Parent.OnUnix(() => looks++ == 0 ? ParentId : Reaper, static _ => null));
    }

    [Fact]
    public async Task A_descriptor_of_somebody_who_got_its_id_is_given_back()
    {
        int looks = 0;
        var descriptor = new SafeFileHandle(-1, ownsHandle: false);

        await Ends(Parent.OnUnix(() => looks++ == 0 ? ParentId : Reaper, _ => descriptor));

        Assert.True(descriptor.IsClosed);
    }

    [Fact]
    public async Task Without_a_descriptor_the_id_is_asked_for()
    {
        int parent = ParentId;
        var ended = new TaskCompletionSource();
        using EndWatch watch = Parent.OnUnix(() => Volatile.Read(ref parent), static _ => null)!.Start(ended.SetResult);

        Volatile.Write(ref parent, Reaper);

        await ended.Task.WaitAsync(InTime.Limit);
    }

    [FactOnLinux]
    public async Task With_a_descriptor_the_kernel_tells()
    {
        using Child other = Child.Start("stay");
        await other.Expect("here");
        var ended = new TaskCompletionSource();
        using EndWatch watch = Parent.OnUnix(() => other.Id, ProcessDescriptor.TryOpen)!.Start(ended.SetResult);

        other.Kill();

        await ended.Task.WaitAsync(InTime.Limit);
    }

    [Fact]
    public async Task Windows_an_id_that_nobody_has()
        => await Ends(Parent.OnWindows(new Windows { ParentId = ParentId, Parent = null }));

    [Fact]
    public async Task Windows_an_id_that_somebody_younger_has()
    {
        using var other = new ManualResetEvent(false);

        await Ends(Parent.OnWindows(new Windows { ParentId = ParentId, Created = 5, Parent = (other.SafeWaitHandle, 6) }));

        Assert.True(other.SafeWaitHandle.IsClosed);
    }

    [Fact]
    public async Task Windows_the_handle_tells()
    {
        using var end = new ManualResetEvent(false);
        EndWatch watch = Parent.OnWindows(new Windows { ParentId = ParentId, Created = 5, Parent = (end.SafeWaitHandle, 4) })!;
        end.Set();

        await Ends(watch);
    }

    [Fact]
    public void Windows_a_parent_that_we_may_not_wait_for_is_an_error()
        => Assert.Throws<UnreachableException>(() => Parent.OnWindows(new Windows { ParentId = ParentId, Refusal = new UnreachableException() }));

    private static async Task Ends(EndWatch? watch)
    {
        var ended = new TaskCompletionSource();
        watch!.Start(ended.SetResult);
        await ended.Task.WaitAsync(InTime.Limit);
    }

    private sealed class Windows : IWindowsProcesses
    {
        public long Created { get; init; }

        public int ParentId { get; init; }

        public (SafeWaitHandle Handle, long Created)? Parent { get; init; }

        public Exception? Refusal { get; init; }

        public (SafeWaitHandle Handle, long Created)? Open(int process)
        {
            Assert.Equal(ParentId, process);
            return Refusal is null ? Parent : throw Refusal;
        }
    }
}
