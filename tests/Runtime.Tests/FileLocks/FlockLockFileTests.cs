namespace LockAnalyzers.Runtime.Tests;

/// <summary>The lock file of Unix, with answers of the system that are hard to come by.</summary>
public sealed class FlockLockFileTests : IDisposable
{
    private const int NoLocks = 37, DiskFull = 28, IoError = 5;

    private readonly TemporaryDirectory _directory = new();

    private string Lock => _directory.File("lock");

    public void Dispose() => _directory.Dispose();

    [TheoryOnUnix]
    [InlineData(NoLocks)]
    [InlineData(IoError)]
    [InlineData(Errno.NotPermitted)]
    public void An_error_of_the_lock_is_not_taken_for_a_lock_and_not_for_a_refusal(int errno)
    {
        var calls = new ScriptedCalls { OnLock = () => -errno };
        var file = new FlockLockFile(Lock, calls);

        Exception error = Assert.ThrowsAny<Exception>(() => file.TryLock(FileLockMode.Exclusive));

        Assert.StartsWith($"Cannot lock the lock file '{Lock}': errno {errno}: ", error.Message);
        Assert.False(Contention.IsContention(error));
        Assert.Empty(calls.OpenDescriptors);
    }

    [FactOnUnix]
    public void The_number_of_the_error_is_told()
    {
        var file = new FlockLockFile(Lock, new ScriptedCalls { OnLock = () => -NoLocks });

        Assert.Equal(NoLocks, Assert.Throws<IOException>(() => file.TryLock(FileLockMode.Exclusive)).HResult);
    }

    [FactOnUnix]
    public void A_full_disk_is_an_error()
    {
        var calls = new ScriptedCalls { OnOpen = (_, flags) => (flags & UnixNumbers.Here.Create) != 0 ? -DiskFull : null };

        IOException error = Assert.Throws<IOException>(() => new FlockLockFile(Lock, calls).TryLock(FileLockMode.Exclusive));

        Assert.Equal(DiskFull, error.HResult);
        Assert.Empty(calls.OpenDescriptors);
    }

    [TheoryOnUnix]
    [InlineData(Errno.ReadOnly)]
    [InlineData(Errno.AccessDenied)]
    public void A_file_that_may_only_be_read_can_be_shared_but_not_be_had_alone(int errno)
    {
        File.WriteAllText(Lock, "");
        var calls = new ScriptedCalls { OnOpen = (_, flags) => (flags & UnixNumbers.ReadWrite) != 0 ? -errno : null };
        var file = new FlockLockFile(Lock, calls);

        Assert.True(file.TryLock(FileLockMode.Shared));
        file.Unlock(keepOpen: true);
        Exception error = Assert.ThrowsAny<Exception>(() => file.TryLock(FileLockMode.Exclusive));

        Assert.StartsWith($"Cannot open the lock file '{Lock}': errno {errno}: ", error.Message);
        Assert.Empty(calls.OpenDescriptors);
    }

    [FactOnUnix]
    public void A_lease_of_somebody_else_is_a_refusal()
    {
        var calls = new ScriptedCalls { OnOpen = (path, _) => path.EndsWith("lock", StringComparison.Ordinal) ? -Errno.WouldBlock : null };
        var file = new FlockLockFile(Lock, calls);

        Assert.False(file.TryLock(FileLockMode.Exclusive));
        Assert.Empty(calls.OpenDescriptors);
    }

    [FactOnUnix]
    public void A_pipe_does_not_hold_it_up()
    {
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Lock]);
        mkfifo.WaitForExit();
        var file = new FlockLockFile(Lock, new ScriptedCalls());

        Assert.True(file.TryLock(FileLockMode.Exclusive));
        file.Close();
    }

    [FactOnUnix]
    public void A_file_that_is_replaced_between_open_and_lock_is_not_the_one_that_is_locked()
    {
        bool replaced = false;
        var calls = new ScriptedCalls
        {
            OnLock = () =>
            {
                if (!replaced)
                {
                    replaced = true;
                    File.Delete(Lock);
                    File.WriteAllText(Lock, "new");
                }

                return null;
            },
        };
        var file = new FlockLockFile(Lock, calls);

        Assert.True(file.TryLock(FileLockMode.Exclusive));

        Assert.Throws<IOException>(() => new FileStream(Lock, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        file.Unlock(keepOpen: true);
        file.Close();
        Assert.Empty(calls.OpenDescriptors);
    }

    [FactOnUnix]
    public void Who_deletes_faster_than_we_lock_does_not_keep_us_for_ever()
    {
        var calls = new ScriptedCalls { OnLookUp = () => default(FileIdentity) };
        var file = new FlockLockFile(Lock, calls);

        Assert.False(file.TryLock(FileLockMode.Exclusive));
        Assert.Empty(calls.OpenDescriptors);
    }

    [FactOnUnix]
    public void A_link_that_leads_nowhere_creates_its_target_or_fails_but_ends()
    {
        File.CreateSymbolicLink(Lock, _directory.File("target"));
        var file = new FlockLockFile(Lock, new ScriptedCalls());

        Assert.True(file.TryLock(FileLockMode.Exclusive));

        Assert.True(File.Exists(_directory.File("target")));
        file.Close();
    }

    [FactOnUnix]
    public void MacOS_is_asked_with_its_own_numbers_and_creates_without_a_mode()
    {
        var calls = new ScriptedCalls { Platform = UnixNumbers.MacOS, Marks = false };
        var file = new FlockLockFile(Lock, calls);

        Assert.True(file.TryLock(FileLockMode.Exclusive));

        const int ReadWrite = 2, NonBlocking = 4, CloseOnExec = 0x1000000;
        Assert.All(calls.OpenFlags, flags => Assert.Equal(ReadWrite | NonBlocking | CloseOnExec, flags));
        Assert.Throws<IOException>(() => new FileStream(Lock, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        file.Unlock(keepOpen: true);
        Assert.Empty(calls.OpenDescriptors);
    }

    [FactOnUnix]
    public void Without_marks_it_is_closed_when_it_is_let_go_so_that_listeners_hear_of_it()
    {
        var file = new FlockLockFile(Lock, new ScriptedCalls { Marks = false });
        Assert.True(file.TryLock(FileLockMode.Exclusive));

        file.Unlock(keepOpen: true);

        Assert.False(file.IsOpen);
    }

    [FactOnLinux]
    public void With_marks_it_is_closed_only_when_somebody_waits()
    {
        var calls = new ScriptedCalls();
        var file = new FlockLockFile(Lock, calls);
        Assert.True(file.TryLock(FileLockMode.Exclusive));
        file.Unlock(keepOpen: true);
        Assert.True(file.IsOpen);

        Assert.True(file.TryLock(FileLockMode.Exclusive));
        DirectoryMarks other = DirectoryMarks.TryOpen(Lock, calls)!;
        other.Await();
        file.Unlock(keepOpen: true);
        Assert.False(file.IsOpen);

        other.StopAwaiting();
        Assert.True(file.TryLock(FileLockMode.Exclusive));
        file.Unlock(keepOpen: true);
        Assert.True(file.IsOpen);
        file.Close();
        other.Close();
        Assert.Empty(calls.OpenDescriptors);
    }

    [FactOnUnix]
    public void After_a_long_hold_it_is_closed_without_a_question()
    {
        var file = new FlockLockFile(Lock, new ScriptedCalls());
        Assert.True(file.TryLock(FileLockMode.Exclusive));

        file.Unlock(keepOpen: false);

        Assert.False(file.IsOpen);
    }

    [FactOnLinux]
    public void A_deleted_file_keeps_the_next_one_off_as_long_as_somebody_may_hold_it()
    {
        var first = new FlockLockFile(Lock, new ScriptedCalls());
        var second = new FlockLockFile(Lock, new ScriptedCalls());
        var bystander = new FlockLockFile(_directory.File("other"), new ScriptedCalls());
        Assert.True(first.TryLock(FileLockMode.Exclusive));

        File.Delete(Lock);

        Assert.False(second.TryLock(FileLockMode.Exclusive));
        Assert.True(bystander.TryLock(FileLockMode.Exclusive));
        first.Unlock(keepOpen: true);
        Assert.False(second.TryLock(FileLockMode.Exclusive)); // The first still has it open, and may lock it again.
        Assert.True(first.TryLock(FileLockMode.Exclusive)); // And does: the new one.
        first.Unlock(keepOpen: true);
        Assert.True(second.TryLock(FileLockMode.Exclusive));
        first.Close();
        second.Close();
        bystander.Close();
    }

    [FactOnLinux]
    public void Two_names_of_one_directory_do_not_see_each_others_marks()
    {
        DirectoryMarks[] marks = [.. Enumerable.Range(0, 200).Select(i => DirectoryMarks.TryOpen(_directory.File($"lock{i}"), new ScriptedCalls())!)];

        Assert.All(marks, (mark, i) => Assert.True(mark.TryClaim((ulong)i)));

        DirectoryMarks twin = DirectoryMarks.TryOpen(_directory.File("lock7"), new ScriptedCalls())!;
        Assert.False(twin.TryClaim(8));
        Assert.True(twin.TryClaim(7));
        foreach (DirectoryMarks mark in marks.Append(twin))
        {
            mark.Close();
        }
    }
}
