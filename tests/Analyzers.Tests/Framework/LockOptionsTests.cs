using System.Text.RegularExpressions;
using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Analyzers.Tests.Framework;

/// <summary>What a project can set, and what it is told where a setting means nothing.</summary>
public sealed class LockOptionsTests
{
    private const string Options = """
        class Turnstile { public static Turnstile Enter(bool wait) => new(); }
        class Motor { public static Motor Run(bool wait) => new(); }
        class Mutex { public static Mutex Take(bool linger) => new(); }
        class Program
        {
            void A() => Turnstile.Enter(wait: true);
            void B() => Mutex.Take(linger: true);
            void C() => Motor.Run(wait: true);
        }
        """;

    private const string Windows = """
        using System.Runtime.InteropServices;
        class Handle
        {
            [DllImport("kernel32")] static extern uint WaitForSingleObject(nint handle, uint milliseconds);
            void Short() => WaitForSingleObject(0, 60_000);
            void Long() => WaitForSingleObject(0, 60_001);
        }
        """;

    private static async Task<string[]> RunAsync(string source, AnalyzerOptions options) =>
        (await AllRules.RunAsync(AllRules.Compile(source), options))
            .Select(report => report.Location == Location.None ? report.GetMessage() : $"{report.Id} {report.Location.SourceTree!.GetText().ToString(report.Location.SourceSpan)}")
            .Order(StringComparer.Ordinal).ToArray();

    [Fact]
    public async Task Words_of_the_project_add_to_the_built_in_ones()
    {
        Assert.Empty(await RunAsync(Options, Settings.Global()));
        Assert.Equal(["LOCK101 wait: true"], await RunAsync(Options, Settings.Global("lock_analyzers.lock_words = turnstile")));
        Assert.Equal(["LOCK101 linger: true"], await RunAsync(Options, Settings.EditorConfig("lock_analyzers.wait_option_words = Linger, park")));
        Assert.Equal(["LOCK101 linger: true", "LOCK101 wait: true"], await RunAsync(
            Options, Settings.Global("lock_analyzers.wait_option_words = linger", "lock_analyzers.lock_words = turnstile")));
    }

    [Fact]
    public void A_lock_word_also_tells_a_lock_file()
    {
        Assert.False(IsLockFile(Settings.Global()));
        Assert.True(IsLockFile(Settings.Global("lock_analyzers.lock_words = turnstile")));

        static bool IsLockFile(AnalyzerOptions options) =>
            Files.LockWords.EndsInLockFile("turnstile.tmp", LockContext.Of(AllRules.Compile(""), options).Catalog);
    }

    [Fact]
    public async Task A_time_out_above_the_longest_is_no_bound()
    {
        Assert.Empty(await RunAsync(Windows, Settings.Global()));
        Assert.Equal(["LOCK105 WaitForSingleObject(0, 60_001)"], await RunAsync(Windows, Settings.Global("lock_analyzers.longest_timeout = 00:01:00")));
    }

    [Theory]
    [InlineData("System.TimeSpan.FromMinutes(2)", true)]
    [InlineData("System.TimeSpan.FromMinutes(1)", false)]
    [InlineData("System.TimeSpan.FromSeconds(60.5)", true)]
    [InlineData("new System.TimeSpan(0, 1, 1)", true)]
    [InlineData("new System.TimeSpan(0, 0, 59)", false)]
    [InlineData("new System.TimeSpan(1, 0, 0, 0)", true)]
    [InlineData("System.TimeSpan.FromDays(1e9)", true)]
    [InlineData("System.TimeSpan.FromHours(0, minutes: 2)", true)]
    [InlineData("60_000", false)]
    [InlineData("60_001", true)]
    [InlineData("System.Environment.TickCount", false)]
    [InlineData("System.Environment.TickCount > 0 ? 1_000 : 100_000", false)]
    public void A_managed_wait_is_judged_by_the_value_of_its_time_out(string timeout, bool isTooLong)
    {
        var compilation = AllRules.Compile($"class C {{ bool M(System.Threading.Mutex mutex) => mutex.WaitOne({timeout}); }}");
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        Assert.Equal(Bounds.Bound.Finite, BoundUnder(compilation, Settings.Global()));
        Assert.Equal(isTooLong ? Bounds.Bound.None : Bounds.Bound.Finite, BoundUnder(compilation, Settings.Global("lock_analyzers.longest_timeout = 00:01:00")));

        static Bounds.Bound BoundUnder(Compilation compilation, AnalyzerOptions options)
        {
            var tree = compilation.SyntaxTrees.Single();
            var call = tree.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax>().First();
            return Waits.Wait.Find(compilation.GetSemanticModel(tree).GetOperation(call), LockContext.Of(compilation, options).Catalog)!.Bound;
        }
    }

    [Theory]
    [InlineData("lock_analyzers.analyze_test_projects = yes", "It is true or false.")]
    [InlineData("lock_analyzers.longest_timeout = 5", "It is a time above zero, written hours:minutes:seconds, such as 00:05:00.")]
    [InlineData("lock_analyzers.longest_timeout = 00:00:00", "It is a time above zero, written hours:minutes:seconds, such as 00:05:00.")]
    [InlineData("lock_analyzers.longest_timeout = five:minutes", "It is a time above zero, written hours:minutes:seconds, such as 00:05:00.")]
    [InlineData("lock_analyzers.lock_words = gate keeper", "It is a list of single words with commas between them, such as linger,park.")]
    [InlineData("lock_analyzers.lock_words = gate,,keeper", "It is a list of single words with commas between them, such as linger,park.")]
    [InlineData("lock_analyzers.longest_timeuot = 00:05:00", "There is no such setting; did you mean 'lock_analyzers.longest_timeout'.")]
    public async Task A_setting_without_effect_is_told_once(string setting, string reason)
    {
        Assert.Equal($"The setting '{setting}' has no effect. {reason}", Assert.Single(await RunAsync("", Settings.Global(setting))));
        Assert.Equal($"The setting '{setting}' has no effect. {reason}", Assert.Single(await RunAsync("", Settings.EditorConfig(setting))));
    }

    [Fact]
    public async Task Test_projects_are_analyzed_when_asked()
    {
        var xunit = MetadataReference.CreateFromFile(typeof(FactAttribute).Assembly.Location);
        var compilation = AllRules.Compile(Windows.Replace("60_001", "0xFFFFFFFF")).AddReferences(xunit);
        Assert.Empty(await AllRules.RunAsync(compilation, Settings.Global("lock_analyzers.analyze_test_projects = false")));
        Assert.Single(await AllRules.RunAsync(compilation, Settings.Global("lock_analyzers.analyze_test_projects = true")));
        Assert.Single(await AllRules.RunAsync(compilation, Settings.EditorConfig("lock_analyzers.analyze_test_projects = True")));
    }

    [Fact]
    public void Where_nothing_is_set_nothing_is_made()
    {
        var compilation = AllRules.Compile("");
        Assert.Same(LockOptions.Of(compilation, Settings.Global()), LockOptions.Of(compilation, Settings.Global("dotnet_diagnostic.LOCK105.severity = error")));
    }

    [Fact]
    public void The_page_has_one_row_for_each_setting_and_no_other() =>
        Assert.Equal(
            LockOptions.Keys.Order(),
            Regex.Matches(Repository.Read("docs/configuration.md"), @"^\| `(lock_analyzers\.[a-z_]+) = ", RegexOptions.Multiline).Select(row => row.Groups[1].Value).Order());
}
