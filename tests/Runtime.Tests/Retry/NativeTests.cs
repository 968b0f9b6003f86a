using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime.Tests;

public class NativeTests
{
    private const int ReadWrite = 2;
    private const int CloseOnExec = 0x80000;
    private const int TryExclusive = 2 | 4;
    private const int Interrupted = 4;
    private const int BadDescriptor = 9;
    private const int AccessDenied = 13;
    private const int Deadlock = 35;

    [Fact]
    public void A_lock_of_FileStream_refuses_a_native_one_and_the_error_is_named()
    {
        using var directory = new TemporaryDirectory();
        using FileStream holder = BoundedFile.Open(directory.File("lock"));
        using var native = new NativeFile(holder.Name);

        LockTimeoutException timeout = Assert.Throws<LockTimeoutException>(
            () => BoundedRetry.Native(() => Flock(native.Descriptor, TryExclusive), new RetryBudget { MaxAttempts = 2 }));

        Win32Exception cause = Assert.IsType<Win32Exception>(timeout.InnerException);
        Assert.Equal(Errno.WouldBlock, cause.NativeErrorCode);
        Assert.StartsWith($"errno {Errno.WouldBlock}: ", cause.Message);
    }

    [Fact]
    public void A_native_lock_refuses_one_of_FileStream()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("lock");
        File.WriteAllText(path, "");
        using (var native = new NativeFile(path))
        {
            Assert.Equal(0, BoundedRetry.Native(() => Flock(native.Descriptor, TryExclusive)));

            Assert.Throws<LockTimeoutException>(() => BoundedFile.Open(path, budget: new RetryBudget { MaxAttempts = 2 }));
        }

        // Not at once: a child that another test starts at this moment has a copy of the descriptor until it runs its own program.
        BoundedFile.Open(path).Dispose();
    }

    [Fact]
    public void An_import_without_SetLastError_is_understood_too()
    {
        using var directory = new TemporaryDirectory();
        using FileStream holder = BoundedFile.Open(directory.File("lock"));
        using var native = new NativeFile(holder.Name);

        Assert.Throws<LockTimeoutException>(
            () => BoundedRetry.Native(() => FlockWithoutLastError(native.Descriptor, TryExclusive), new RetryBudget { MaxAttempts = 2 }));
    }

    [Fact]
    public void Another_error_is_returned_at_once_with_its_number()
    {
        int attempts = 0;

        int result = BoundedRetry.Native(() =>
        {
            attempts++;
            return Flock(-1, TryExclusive);
        });

        Assert.Equal((-1, BadDescriptor, 1), (result, Marshal.GetLastPInvokeError(), attempts));
    }

    [Fact]
    public void The_number_of_another_error_is_readable_without_SetLastError_too()
    {
        int result = BoundedRetry.Native(() => FlockWithoutLastError(-1, TryExclusive));

        Assert.Equal((-1, BadDescriptor), (result, Marshal.GetLastPInvokeError()));
    }

    [Fact]
    public void An_older_error_is_not_taken_for_that_of_the_call()
    {
        Marshal.SetLastPInvokeError(Errno.WouldBlock);
        Marshal.SetLastSystemError(Errno.WouldBlock);

        Assert.Equal(-1, BoundedRetry.Native(() => -1, new RetryBudget { MaxAttempts = 1 }));
    }

    [Fact]
    public void Fcntl_may_say_access_denied_for_a_held_lock()
    {
        int attempts = 0;

        Assert.Equal(0, BoundedRetry.Native(() => ++attempts == 3 ? 0 : Fail(AccessDenied)));

        Assert.Equal(3, attempts);
    }

    [Fact]
    public void A_deadlock_is_an_error()
        => Assert.Equal(-1, BoundedRetry.Native(() => Fail(Deadlock), new RetryBudget { MaxAttempts = 1 }));

    [Fact]
    public void Results_other_than_minus_one_are_final_whatever_errno_says()
        => Assert.Equal(7, BoundedRetry.Native(() =>
        {
            Marshal.SetLastPInvokeError(Errno.WouldBlock);
            return 7;
        }));

    [Fact]
    public void A_signal_costs_neither_a_pause_nor_an_attempt()
    {
        var time = new SteppingTime();
        int calls = 0;

        Assert.Equal(0, BoundedRetry.Native(() => ++calls == 5 ? 0 : Fail(Interrupted), new RetryBudget { MaxAttempts = 1, TimeProvider = time }));

        Assert.Empty(time.Pauses);
    }

    [Fact]
    public async Task A_storm_of_signals_ends_at_the_deadline()
    {
        var time = new SteppingTime();
        int Interrupt()
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return Fail(Interrupted);
        }

        var budget = RetryBudget.Within(TimeSpan.FromSeconds(1)) with { TimeProvider = time };

        LockTimeoutException timeout = Assert.Throws<LockTimeoutException>(() => BoundedRetry.Native(Interrupt, budget));
        Assert.Equal((TimeSpan.FromSeconds(1), 0), (timeout.Waited, timeout.Attempts));

        await Assert.ThrowsAsync<LockTimeoutException>(() => BoundedRetry.NativeAsync(Interrupt, budget));
        Assert.Empty(time.Pauses);
    }

    private static int Fail(int errno)
    {
        Marshal.SetLastPInvokeError(errno);
        return -1;
    }

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int Flock(int file, int operation);

    [DllImport("libc", EntryPoint = "flock")]
    private static extern int FlockWithoutLastError(int file, int operation);

    /// <summary>A file opened without the lock that FileStream takes.</summary>
    private sealed class NativeFile(string path) : IDisposable
    {
        public int Descriptor { get; } = Open(path, ReadWrite | CloseOnExec);

        public void Dispose() => Assert.Equal(0, Close(Descriptor));

        [DllImport("libc", EntryPoint = "open")]
        private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "close")]
        private static extern int Close(int file);
    }
}
