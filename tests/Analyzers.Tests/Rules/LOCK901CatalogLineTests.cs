using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK901CatalogLineTests
{
    /// <summary>Two locks of the project's own, which the lists speak of.</summary>
    private const string Acme = """
        namespace Acme.Locks
        {
            public class Gate
            {
                public void Enter() { }
                public bool TryEnter(int millisecondsTimeout) => true;
                public sealed class Token { public void Wait() { } }
                public Gate Open(string path, bool linger = false) => this;
            }
            public sealed class Gate<T> : Gate { }
            public interface IQueue { object Next(); }
        }
        """;

    private static async Task<Diagnostic[]> RunAsync(string list, string source = Acme) =>
        (await AllRules.RunAsync(AllRules.Compile(source), Lists.Options(list))).Where(report => report.Id == "LOCK901").ToArray();

    private static async Task VerifyAsync(string list, string source = Acme)
    {
        TestFileMarkupParser.GetSpans(list, out var clean, out System.Collections.Immutable.ImmutableArray<TextSpan> spans);
        var reports = await RunAsync(clean, source);
        Assert.Equal(spans.ToArray(), reports.Select(report => report.Location.SourceSpan).Order());
        Assert.All(reports, report => Assert.Equal(Lists.FileName, report.Location.GetLineSpan().Path));
        Assert.All(reports, report => Assert.Equal(
            SourceText.From(clean).Lines.GetLinePositionSpan(report.Location.SourceSpan), report.Location.GetLineSpan().Span));
        Assert.All(reports, report => Assert.Equal(DiagnosticSeverity.Warning, report.Severity));
    }

    public sealed class Reports
    {
        [Fact]
        public Task Lines_that_cannot_be_read_without_what_is_around_them() => VerifyAsync("""
            # locks of ours
            wait Acme.Locks.Gate.Enter   on=lock
              [|wiat Acme.Locks.Gate.Enter|]      # a slip
            [|wait|]
            	[|wait Acme.Locks.Gate.Enter onn=lock|]

            [|wait Gate|]
            wait-option Acme.Locks.Gate.Open option=linger
            """);

        [Fact]
        public Task Members_and_types_that_are_nearly_there() => VerifyAsync("""
            [|wait Acme.Locks.Gate.Entre|]
            [|wait Acme.Locks.Gaet.Enter|]
            [|wait Acme.Locks.Gate.Token.Wait|]
            [|wait Acme.Locks.Gate`2.Enter|]
            [|wait System.Threading.Mutexx.WaitOne|]
            [|clock System.Diagnostics.StopWatch.Elapsed|]
            [|native-class Acme.Locks.Gat|]
            """);

        [Fact]
        public Task A_type_that_is_missing_where_one_assembly_owns_the_namespace() => VerifyAsync("[|wait Acme.Locks.CompletelyDifferent.Enter|]");

        [Fact]
        public Task Other_members_and_parameters_that_a_line_names() => VerifyAsync("""
            [|wait Acme.Locks.Gate.Enter bounded=TryEntre|]
            wait Acme.Locks.Gate.Enter bounded=TryEnter
            [|wait-option Acme.Locks.Gate.Open option=lingre|]
            [|words lock-strnog are=gate|]
            """);

        [Fact]
        public async Task A_line_in_each_of_several_files_with_other_ends_of_line()
        {
            var reports = await AllRules.RunAsync(AllRules.Compile(Acme), Lists.Options("wait A\r\nclock B\r", "native x\rwaait x.y"));
            Assert.Equal([("LockAnalyzers.1.txt", 1), (Lists.FileName, 0), (Lists.FileName, 1)],
                reports.Select(report => (report.Location.GetLineSpan().Path, report.Location.GetLineSpan().StartLinePosition.Line)).Order());
        }

        [Theory]
        [InlineData("wiat Acme.Locks.Gate.Enter", "'wiat' is no kind of catalog line; did you mean 'wait'.")]
        [InlineData("wait Acme.Locks.Gate.Entre", "'Acme.Locks.Gate' has no member 'Entre'; did you mean 'Enter'.")]
        [InlineData("wait Acme.Locks.Gate.Unlike", "'Acme.Locks.Gate' has no member 'Unlike'.")]
        [InlineData("wait Acme.Locks.Gaet.Enter", "There is no type 'Acme.Locks.Gaet' in this project or its references; did you mean 'Acme.Locks.Gate'.")]
        [InlineData("wait Acme.Locks.Gate.Token.Wait", "There is no type 'Acme.Locks.Gate.Token' in this project or its references; did you mean 'Acme.Locks.Gate+Token'.")]
        [InlineData("wait System.Threading.Tasks.Task`3.Wait", "There is no type 'System.Threading.Tasks.Task`3' in this project or its references; did you mean 'System.Threading.Tasks.Task")]
        [InlineData("wait Acme.Locks.Gate.Enter bounded=TryEntre", "bounded=TryEntre: 'Acme.Locks.Gate' has no member 'TryEntre'; did you mean 'TryEnter'.")]
        [InlineData("wait-option Acme.Locks.Gate.Open option=lingre", "'Acme.Locks.Gate.Open' has no parameter 'lingre'; did you mean 'linger'.")]
        [InlineData("words lock-strnog are=x", "There is no list of words 'lock-strnog'; did you mean 'lock-strong'.")]
        public async Task The_message_says_what_is_missing_and_what_is_near(string line, string reason) =>
            Assert.Contains($" {reason}", Assert.Single(await RunAsync(line)).GetMessage());
    }

    public sealed class Silent
    {
        [Fact]
        public Task Lines_that_name_what_is_there() => VerifyAsync("""
            wait Acme.Locks.Gate.Enter
            wait Acme.Locks.Gate`1.Enter            # inherited
            wait Acme.Locks.Gate+Token.Wait
            wait Acme.Locks.IQueue.Next
            open System.IO.FileStream..ctor  share=read
            wait System.Threading.Tasks.Task`1.Result
            wait System.Threading.Mutex.WaitOne     # again
            native take_turn waits=always
            native-class Mono.Unix.Native.Syscall
            words lock-strong are=gate
            data-file gate.lock
            """);

        [Fact]
        public Task A_library_that_this_project_does_not_use() => VerifyAsync("wait Redis.Locks.Gate.Enter library=Redis.Locks");

        [Fact]
        public async Task Files_of_other_names()
        {
            Assert.True(UserCatalog.IsCatalog("/home/LockAnalyzers.txt"));
            Assert.True(UserCatalog.IsCatalog("lockanalyzers.acme.txt"));
            Assert.True(UserCatalog.IsCatalog("/pkg/build/Acme.Locks.LockAnalyzers.txt"));
            Assert.All(["BannedSymbols.txt", "MyLockAnalyzers.txt", "LockAnalyzers.json", "LockAnalyzersX.txt", ".txt", "LockAnalyzers.txt/readme.txt", "LockAnalyzers"], path => Assert.False(UserCatalog.IsCatalog(path), path));
            Assert.Empty(await AllRules.RunAsync(AllRules.Compile(""), Lists.Options()));
        }
    }

    public sealed class Known
    {
        /// <summary>A list is shared by projects, and not each of them references all libraries: said at Info, not in the build.</summary>
        [Theory]
        [InlineData("wait Acmee.Locks.Gate.Enter")]
        [InlineData("wait System.Threading.SomethingOfNet20.Enter")]
        public async Task FN_a_wrong_namespace_is_only_told_at_Info(string line) =>
            Assert.Equal(DiagnosticSeverity.Info, Assert.Single(await RunAsync(line)).Severity);
    }

    /// <summary>Whatever stands in a file, the compiler goes on.</summary>
    [Fact]
    public async Task No_mutant_of_a_list_throws()
    {
        var random = new Random(901);
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Analyzers/Catalog/Data"), "*.txt").SelectMany(File.ReadLines).Where(line => !line.StartsWith('#')).ToArray();
        var compilation = AllRules.Compile(Acme);
        var list = string.Join('\n', Enumerable.Range(0, 4_000).Select(_ => Mutate(sources[random.Next(sources.Length)], random)));
        var reports = (await AllRules.RunAsync(compilation, Lists.Options(list))).Length;
        Assert.InRange(reports, 1_000, 4_000);

        static string Mutate(string line, Random random)
        {
            const string Letters = "=:,.>#+`0x9- \tA";
            for (var round = random.Next(1, 4); round > 0 && line.Length > 0; round--)
            {
                var at = random.Next(line.Length);
                line = random.Next(3) switch
                {
                    0 => line.Remove(at, Math.Min(random.Next(1, 4), line.Length - at)),
                    1 => line.Insert(at, Letters[random.Next(Letters.Length)].ToString()),
                    _ => line[..at] + Letters[random.Next(Letters.Length)] + line[(at + 1)..],
                };
            }

            return line;
        }
    }
}
