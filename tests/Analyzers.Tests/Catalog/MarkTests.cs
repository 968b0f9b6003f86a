using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Rules;
using LockAnalyzers.Framework;
using LockAnalyzers.Rules;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Analyzers.Tests.Catalog;

/// <summary>What members say of themselves by attributes: in the same source, in a project and in a library that is referenced.</summary>
public sealed class MarkTests
{
    private const string Gate = """
        using LockAnalyzers.Runtime;
        namespace Acme
        {
            public interface IGate { [BlocksUnbounded] void Pass(); }
            public class Gate<T> : System.Threading.WaitHandle, IGate
            {
                [BlocksUnbounded(Bounded = "TryEnter", Shared = true)] public void Enter() { }
                [BlocksUnbounded] public virtual void Enter(int millisecondsTimeout) { }
                [BlocksUnboundedAttribute] public object Key => this;
                public void Pass() { }
                public void Leave() { }
                [NonBlocking] public override bool WaitOne() => true;
                public override bool WaitOne(int millisecondsTimeout) => true;
            }
            public sealed class Door : Gate<int> { public override void Enter(int millisecondsTimeout) { } }
            public sealed class Open : Gate<int> { [NonBlocking] public override void Enter(int millisecondsTimeout) { } }
            public static class Extensions { [BlocksUnbounded] public static void EnterAll(this Door door) { } }
        }
        """;

    /// <summary>A copy of the attributes, as a library has it that does not reference the Runtime.</summary>
    private const string OwnCopy = """
        namespace LockAnalyzers.Runtime
        {
            internal sealed class BlocksUnboundedAttribute : System.Attribute { public string? Bounded { get; set; } public bool Shared { get; set; } }
            internal sealed class NonBlockingAttribute : System.Attribute { }
        }
        """;

    public static TheoryData<string, string?> Uses => new()
    {
        { "gate.Enter();", "None Always TryEnter" },
        { "gate.Enter(-1);", "None Process " },
        { "gate.Enter(1_000);", "Finite Process " },
        { "door.Enter(-1);", "None Process " },
        { "open.Enter(-1);", null },
        { "gate.Pass();", "None Process " },
        { "((IGate)gate).Pass();", "None Process " },
        { "gate.Key.ToString();", "None Process " },
        { "door.EnterAll();", "None Process " },
        { "gate.Leave();", null },
        { "gate.WaitOne();", null },
        { "gate.WaitOne(-1);", "None Named " },
        { "gate.GetHashCode();", null },
    };

    private static string Use(string statement) => $"namespace Acme.Consumers {{ class Use {{ void Run(Gate<string> gate, Door door, Open open) {{ {statement} }} }} }}";

    [Theory]
    [MemberData(nameof(Uses))]
    public void In_the_same_project(string statement, string? expected) => AssertWait(expected, AllRules.Compile(Gate + Use(statement)), library: null);

    [Theory]
    [MemberData(nameof(Uses))]
    public void In_a_project_that_is_referenced(string statement, string? expected) =>
        AssertWait(expected, AllRules.Compile(Use(statement)).AddReferences(Named("Acme.Gates", Gate, withRuntime: true).ToMetadataReference()), library: "Acme.Gates");

    [Theory]
    [MemberData(nameof(Uses))]
    public void In_a_library_that_has_a_copy_of_its_own(string statement, string? expected) =>
        AssertWait(expected, AllRules.Compile(Use(statement), withRuntime: false).AddReferences(Emitted("Acme.Gates", Gate + OwnCopy, withRuntime: false)), library: "Acme.Gates");

    [Theory]
    [MemberData(nameof(Uses))]
    public void In_a_library_that_references_the_Runtime(string statement, string? expected) =>
        AssertWait(expected, AllRules.Compile(Use(statement)).AddReferences(Emitted("Acme.Gates", Gate, withRuntime: true)), library: "Acme.Gates");

    [Fact]
    public void The_names_of_marked_members_are_those_and_no_other()
    {
        string[] names = ["Enter", "EnterAll", "Key", "Pass", "WaitOne"];
        Assert.Equal(names, MarkedNames.In(AllRules.Compile(Gate)).Order());
        Assert.Equal(names, MarkedNames.In(AllRules.Compile("").AddReferences(Emitted("Acme.Gates", Gate, withRuntime: true))).Order());
        Assert.Empty(MarkedNames.In(AllRules.Compile("")));
        Assert.Empty(MarkedNames.In(AllRules.Compile("", withRuntime: false)));
    }

    [Fact]
    public void Attributes_of_another_namespace_say_nothing() => AssertWait(
        null,
        AllRules.Compile("using Other; namespace Other { class BlocksUnboundedAttribute : System.Attribute; } class Use { [BlocksUnbounded] void Enter() { } void Run() { Enter(); } }"),
        library: null);

    [Fact]
    public Task A_native_import_that_says_it_does_not_block_is_not_reported() =>
        Verify<LOCK105NativeWaitAnalyzer, LOCK105NativeWaitCodeFix>.Reports("""
            using System.Runtime.InteropServices;
            using LockAnalyzers.Runtime;
            static class Libc
            {
                [DllImport("mine"), NonBlocking] static extern int flock(int fd, int operation);
                [DllImport("libc", EntryPoint = "flock")] static extern int Take(int fd, int operation);
                static void Run() { flock(1, 2); [|Take(1, 2)|]; }
            }
            """);

    [Fact]
    public Task An_option_of_a_member_that_says_it_does_not_block_is_not_reported() =>
        Verify<LOCK101WaitTrueOptionAnalyzer, LOCK101WaitTrueOptionCodeFix>.Reports("""
            using LockAnalyzers.Runtime;
            static class Locks
            {
                [NonBlocking] static void Take(bool wait) { }
                static void Hold(bool wait) { }
                static void Run() { Take(wait: true); Hold([|wait: true|]); }
            }
            """);

    [Fact]
    public Task A_rule_reports_what_an_attribute_names() =>
        Verify<LOCK109TokenNotForwardedAnalyzer, LOCK109TokenNotForwardedCodeFix>.Reports("""
            using System.Threading;
            using LockAnalyzers.Runtime;
            class Gate
            {
                [BlocksUnbounded] public void Enter(CancellationToken token = default) { }
                public void Run(CancellationToken token) { [|Enter()|]; Enter(token); }
            }
            """);

    private static void AssertWait(string? expected, Compilation compilation, string? library)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees.Single();
        var run = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Last();
        var catalog = LockContext.Of(compilation, Lists.Options()).Catalog;
        var wait = run.DescendantNodes().OfType<ExpressionSyntax>()
            .Select(node => Wait.Find(compilation.GetSemanticModel(tree).GetOperation(node), catalog)).FirstOrDefault(found => found is not null);
        Assert.Equal(expected, wait is null ? null : $"{wait.Bound} {wait.Entry.Sharing} {wait.Entry.Bounded}");
        if (wait is { Entry.Sharing: not WaitSharing.Named })
            Assert.Equal(library, wait.Entry.Library);
    }

    private static Compilation Named(string name, string source, bool withRuntime) => AllRules.Compile(source, withRuntime).WithAssemblyName(name);

    private static PortableExecutableReference Emitted(string name, string source, bool withRuntime)
    {
        using var image = new MemoryStream();
        var result = Named(name, source, withRuntime).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
