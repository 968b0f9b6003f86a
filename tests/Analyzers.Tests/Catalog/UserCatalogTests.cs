using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Rules;
using LockAnalyzers.Framework;
using LockAnalyzers.Rules;

namespace LockAnalyzers.Analyzers.Tests.Catalog;

/// <summary>The lists of a project and its packages are known to rules and fixes as the built-in ones are.</summary>
public sealed class UserCatalogTests
{
    private const string Native = """
        using System.Runtime.InteropServices;
        static class Turn
        {
            [DllImport("turn")] private static extern int take_turn(int mode);
            [DllImport("libc")] private static extern int flock(int fd, int operation);

        """;

    [Fact]
    public Task A_rule_reports_what_a_list_names_and_what_is_built_in() =>
        Verify<LOCK105NativeWaitAnalyzer, LOCK105NativeWaitCodeFix>.ReportsWithList("native take_turn arg=0 waits=one-of:1", Native + """
                static void Take() { [|take_turn(1)|]; take_turn(2); [|flock(1, 2)|]; }
            }
            """);

    [Fact]
    public Task A_line_of_the_project_goes_before_the_built_in_one() =>
        Verify<LOCK105NativeWaitAnalyzer, LOCK105NativeWaitCodeFix>.ReportsWithList("native flock arg=0 waits=one-of:7", Native + """
                static void Take() { flock(1, 2); [|flock(7, 4)|]; }
            }
            """);

    [Fact]
    public Task The_fix_sees_the_same_list() =>
        Verify<LOCK105NativeWaitAnalyzer, LOCK105NativeWaitCodeFix>.FixesWithList(
            "native take_turn arg=0 waits=one-of:1 try=set:4 busy=errno",
            """
            using System.Runtime.InteropServices;
            static class Turn
            {
                [DllImport("turn", SetLastError = true)] private static extern int take_turn(int mode);
                static int Take() => [|take_turn(1)|];
            }
            """,
            """
            using System.Runtime.InteropServices;
            using LockAnalyzers.Runtime;
            static class Turn
            {
                [DllImport("turn", SetLastError = true)] private static extern int take_turn(int mode);
                static int Take() => BoundedRetry.Native(() => take_turn(4));
            }
            """);

    [Fact]
    public Task Words_add_to_the_built_in_ones() =>
        Verify<LOCK101WaitTrueOptionAnalyzer, LOCK101WaitTrueOptionCodeFix>.ReportsWithList("words lock-strong are=turnstile", """
            class Turnstile { public static Turnstile Enter(bool wait) => new(); }
            class Gate { public static Gate Enter(bool wait) => new(); }
            class Program
            {
                void Run()
                {
                    Turnstile.Enter([|wait: true|]);
                    Gate.Enter(wait: true);
                }
            }
            """);

    [Fact]
    public void The_same_content_is_read_and_merged_once_for_all_compilations()
    {
        var options = Lists.Options("native take_turn waits=always", "native give_turn waits=always");
        var first = UserCatalog.EntriesOf(options.AdditionalFiles, "", default);
        Assert.Same(first, UserCatalog.EntriesOf(options.AdditionalFiles, "", default));
        Assert.NotSame(first, UserCatalog.EntriesOf(options.AdditionalFiles.RemoveAt(1), "", default));
        Assert.Same(BuiltInCatalog.Instance, UserCatalog.EntriesOf([], "", default));
        Assert.Contains("take_turn", first.NativeWaits.Keys);
        Assert.Contains("give_turn", first.NativeWaits.Keys);
        Assert.Contains("flock", first.NativeWaits.Keys);
    }

    [Fact]
    public void One_context_serves_all_rules_of_a_compilation_and_another_list_has_its_own()
    {
        var compilation = AllRules.Compile("");
        var options = Lists.Options("native take_turn waits=always");
        var context = LockContext.Of(compilation, options);
        Assert.Same(context, LockContext.Of(compilation, options));
        Assert.Contains("take_turn", context.Catalog.NativeWaits.Keys);
        Assert.DoesNotContain("take_turn", LockContext.Of(compilation, Lists.Options()).Catalog.NativeWaits.Keys);
        Assert.Same(context, LockContext.Of(compilation, options));
    }

    [Fact]
    public void Each_kind_of_the_built_in_texts_is_a_kind_and_each_target_is_of_its_form()
    {
        foreach (var line in BuiltInCatalog.Texts.SelectMany(text => text.Lines))
        {
            var isDotted = line.Target.Contains('.');
            Assert.True(CatalogKind.TargetOf(line.Kind) is CatalogTarget.Word || isDotted == (CatalogKind.TargetOf(line.Kind) != CatalogTarget.EntryPoint), $"{line.Kind} {line.Target}");
            Assert.Contains(line.Kind, CatalogKind.Names);
        }

        Assert.All(Enum.GetNames<ShutdownRole>(), role => Assert.Contains(CatalogKind.Names, kind => kind.Replace("-", "").Equals(role, StringComparison.OrdinalIgnoreCase)));
    }
}
