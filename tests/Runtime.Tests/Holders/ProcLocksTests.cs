namespace LockAnalyzers.Runtime.Tests;

/// <summary>What a procfs of our own making says: the cases that a test cannot bring about in the real one.</summary>
public sealed class ProcLocksTests : IDisposable
{
    private const int Taker = 2000000011; // Above every pid_max, so that no such process is there.
    private const int Heir = 2000000012;
    private const int Bystander = 2000000013;

    private readonly TemporaryDirectory _directory = new();
    private readonly FileIdentity _identity;

    public ProcLocksTests()
    {
        File.WriteAllText(Lock, "");
        Assert.True(FileIdentity.TryOf(Lock, out _identity));
        Directory.CreateDirectory(Proc);
        Locks();
    }

    private string Lock => _directory.File("lock");

    private string Proc => _directory.File("proc");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("1: FLOCK  ADVISORY  WRITE 4711 fe:01:123456 0 EOF", true)]
    [InlineData("lock:\t1: FLOCK  ADVISORY  READ  0 00:1a:18446744073709551615 0 EOF", true)]
    [InlineData("1: -> FLOCK  ADVISORY  WRITE 4711 fe:01:123456 0 EOF", false)]
    [InlineData("1: POSIX  ADVISORY  WRITE 4711 fe:01:123456 0 EOF", false)]
    [InlineData("1: OFDLCK ADVISORY  WRITE -1 fe:01:123456 0 EOF", false)]
    [InlineData("1: LEASE  ACTIVE    WRITE 4711 fe:01:123456 0 EOF", false)]
    [InlineData("1: FLOCK  ADVISORY  WRITE 4711 <none>:0 0 EOF", false)]
    [InlineData("pos:\t0", false)]
    [InlineData("", false)]
    public void A_line_is_a_held_flock_or_nothing(string line, bool isHeld) => Assert.Equal(isHeld, LockLine.TryRead(line, out _));

    [Fact]
    public void A_line_names_taker_and_file()
    {
        Assert.True(LockLine.TryRead("1: FLOCK  ADVISORY  WRITE 4711 fe:01:123456 0 EOF", out LockLine line));

        Assert.Equal(new LockLine(4711, new FileIdentity(0xfe, 1, 123456)), line);
    }

    [Fact]
    public void The_taker_who_has_the_descriptor_is_the_holder()
    {
        Locks(LineOf(Taker));
        Process(Taker, Lock, LineOf(Taker));
        Process(Bystander, Lock);

        Assert.Equal([Taker], Holders());
    }

    [Fact]
    public void The_heir_of_a_taker_who_has_ended_is_the_holder()
    {
        Locks(LineOf(Taker));
        Process(Heir, Lock, LineOf(Taker));
        Process(Bystander, Lock);

        Assert.Equal([Heir], Holders());
    }

    /// <summary>proc_locks leaves out whom it cannot name, fdinfo does not.</summary>
    [Fact]
    public void The_heir_of_a_taker_who_has_no_number_is_the_holder()
    {
        Process(Heir, Lock, LineOf(0));

        Assert.Equal([Heir], Holders());
    }

    [Fact]
    public void The_device_in_the_line_need_not_be_that_of_stat()
    {
        string otherDevice = $"1: FLOCK  ADVISORY  WRITE {Taker} 00:ff:{_identity.Inode} 0 EOF";
        Locks(otherDevice);
        Process(Taker, Lock, otherDevice);

        Assert.Equal([Taker], Holders());
    }

    [Fact]
    public void A_file_of_the_same_number_on_another_device_is_another_file()
    {
        string elsewhere = $"1: FLOCK  ADVISORY  WRITE {Taker} 00:ff:{_identity.Inode} 0 EOF";
        File.WriteAllText(_directory.File("other"), "");
        Locks(elsewhere);
        Process(Taker, _directory.File("other"), elsewhere);

        Assert.Empty(Holders());
    }

    [Fact]
    public void Several_holders_of_a_shared_lock_are_all_told()
    {
        Locks(LineOf(Taker), LineOf(Heir));
        Process(Taker, Lock, LineOf(Taker));
        Process(Heir, Lock, LineOf(Heir));

        Assert.Equal([Taker, Heir], Holders());
    }

    [Fact]
    public void A_file_that_is_gone_has_no_holders()
    {
        Locks(LineOf(Taker));
        File.Delete(Lock);

        Assert.Empty(Holders());
    }

    [Fact]
    public void A_search_that_nobody_waits_for_ends()
    {
        Process(Heir, Lock, LineOf(0));

        Assert.Empty(new ProcLocks(Proc).Find(Lock, new CancellationToken(canceled: true)));
    }

    private IEnumerable<int> Holders() => new ProcLocks(Proc).Find(Lock, CancellationToken.None).Select(holder => holder.ProcessId);

    private string LineOf(int process) => FormattableString.Invariant(
        $"1: FLOCK  ADVISORY  WRITE {process} {_identity.DeviceMajor:x2}:{_identity.DeviceMinor:x2}:{_identity.Inode} 0 EOF");

    private void Locks(params string[] lines) => File.WriteAllLines(Path.Combine(Proc, "locks"), lines);

    /// <summary>A process that has one file open, with these locks.</summary>
    private void Process(int process, string file, params string[] locks)
    {
        string folder = Path.Combine(Proc, process.ToString());
        Directory.CreateDirectory(Path.Combine(folder, "fdinfo"));
        Directory.CreateDirectory(Path.Combine(folder, "fd"));
        File.WriteAllLines(Path.Combine(folder, "fdinfo", "5"), ["pos:\t0", "flags:\t02100002", .. locks.Select(line => $"lock:\t{line}")]);
        File.CreateSymbolicLink(Path.Combine(folder, "fd", "5"), file);
    }
}
