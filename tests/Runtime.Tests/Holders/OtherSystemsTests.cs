namespace LockAnalyzers.Runtime.Tests;

/// <summary>Windows and macOS, as far as they can be told here: behind the system calls, with answers as the documentation describes them.</summary>
public class OtherSystemsTests
{
    private const int MoreData = 234;
    private const int AccessDenied = 5;

    private static readonly long Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToFileTime();

    [Fact]
    public void Windows_lists_who_has_the_file_open()
    {
        var manager = new Manager { Processes = [7, 8] };

        IEnumerable<LockHolder> holders = new WindowsHolders(manager).Find("C:\\a.lock", CancellationToken.None);

        Assert.Equal([(7, HolderEvidence.OpenFile), (8, HolderEvidence.OpenFile)], holders.Select(holder => (holder.ProcessId, holder.Evidence)));
        Assert.All(holders, holder => Assert.Equal(Started, holder.StartTime!.Value.ToFileTime()));
        Assert.Equal(["start", "register C:\\a.lock", "list 4", "end"], manager.Calls);
    }

    [Fact]
    public void Windows_is_asked_again_with_more_room()
    {
        var manager = new Manager { Processes = [1, 2, 3, 4, 5, 6] };

        Assert.Equal(6, new WindowsHolders(manager).Find("a", CancellationToken.None).Count());
        Assert.Equal(["start", "register a", "list 4", "list 6", "end"], manager.Calls);
    }

    [Fact]
    public void A_list_that_always_grows_ends()
    {
        var manager = new Manager { AlwaysMore = true };

        Assert.Empty(new WindowsHolders(manager).Find("a", CancellationToken.None));
        Assert.Equal("end", manager.Calls[^1]);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("register")]
    [InlineData("list")]
    public void A_refusal_of_Windows_finds_nobody_and_leaves_no_session(string step)
    {
        var manager = new Manager { Refuses = step, Processes = [7] };

        Assert.Empty(new WindowsHolders(manager).Find("a", CancellationToken.None));
        Assert.Equal(step != "start", manager.Calls.Contains("end"));
    }

    [Fact]
    public void MacOS_lists_who_has_the_file_open()
    {
        var holders = new MacHolders((path, processes) =>
        {
            Assert.Equal("/a.lock", path);
            (processes[0], processes[1]) = (7, 8);
            return 2 * sizeof(int);
        });

        Assert.Equal(
            [(7, HolderEvidence.OpenFile), (8, HolderEvidence.OpenFile)],
            holders.Find("/a.lock", CancellationToken.None).Select(holder => (holder.ProcessId, holder.Evidence)));
    }

    [Fact]
    public void A_refusal_of_macOS_finds_nobody() => Assert.Empty(new MacHolders((_, _) => -1).Find("/a.lock", CancellationToken.None));

    private sealed class Manager : IRestartManager
    {
        private const uint Session = 3;

        public int[] Processes { get; init; } = [];

        public string? Refuses { get; init; }

        public bool AlwaysMore { get; init; }

        public List<string> Calls { get; } = [];

        public int Start(out uint session)
        {
            session = Session;
            return Answer("start");
        }

        public int Register(uint session, string path)
        {
            Assert.Equal(Session, session);
            return Answer("register", path);
        }

        public int List(uint session, RestartManagerProcess[] processes, out uint needed, ref uint count)
        {
            Assert.Equal(processes.Length, (int)count);
            needed = AlwaysMore ? count + 1 : (uint)Processes.Length;
            if (needed > processes.Length)
            {
                Answer("list", processes.Length.ToString());
                return MoreData;
            }

            for (int i = 0; i < needed; i++)
            {
                processes[i] = new RestartManagerProcess { ProcessId = Processes[i], StartLow = (uint)Started, StartHigh = (uint)(Started >> 32) };
            }

            count = needed;
            return Answer("list", processes.Length.ToString());
        }

        public int End(uint session)
        {
            Assert.Equal(Session, session);
            return Answer("end");
        }

        private int Answer(string step, string detail = "")
        {
            Calls.Add($"{step} {detail}".TrimEnd());
            return step == Refuses ? AccessDenied : 0;
        }
    }
}
