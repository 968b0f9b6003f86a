using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Analyzers.Tests.Catalog;

public sealed class BuiltInCatalogTests
{
    [Fact]
    public void Each_line_can_be_read() => Assert.Empty(BuiltInCatalog.Texts.SelectMany(text => text.Problems));

    [Fact]
    public void Each_member_of_a_child_process_stands_in_the_real_assembly()
    {
        var compilation = AllRules.Compile("");
        Assert.All(BuiltInCatalog.Instance.Children, child =>
            Assert.True(compilation.GetTypeByMetadataName(child.Name.Type) is { } type && !type.GetMembers(child.Name.Member).IsEmpty, $"There is no {child.Name}."));
    }

    [Fact]
    public void Each_member_of_a_database_command_stands_in_the_real_assembly()
    {
        var compilation = AllRules.Compile("");
        var members = BuiltInCatalog.Instance.SqlTimeouts.Concat(BuiltInCatalog.Instance.SqlTexts).Concat(BuiltInCatalog.Instance.SqlRuns).ToList();
        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.NotEmpty(compilation.GetTypeByMetadataName(member.Name.Type)!.GetMembers(member.Name.Member)));
    }

    [Fact]
    public void The_libraries_that_are_referenced_here_resolve()
    {
        var compilation = AllRules.Compile("");
        var resolved = new ResolvedCatalog(BuiltInCatalog.Instance, compilation);
        Assert.All(new[] { "Mono.Unix.Native.Syscall", "Tmds.Linux.LibC" }, name => Assert.True(resolved.IsNativeClass(compilation.GetTypeByMetadataName(name)!)));
    }

    [Fact]
    public void Entry_points_that_a_referenced_library_has_are_methods_of_it()
    {
        var compilation = AllRules.Compile("");
        var members = new[] { "Mono.Unix.Native.Syscall", "Tmds.Linux.LibC" }
            .SelectMany(name => compilation.GetTypeByMetadataName(name)!.MemberNames)
            .ToHashSet();
        foreach (var name in new[] { "fcntl", "lockf", "waitpid", "poll" })
        {
            Assert.Contains(name, members);
            Assert.Contains(name, BuiltInCatalog.Instance.NativeWaits.Keys);
        }
    }
}
