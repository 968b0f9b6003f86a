using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Analyzers.Tests.Catalog;

public sealed class BuiltInCatalogTests
{
    [Fact]
    public void Each_line_can_be_read() => Assert.Empty(BuiltInCatalog.Texts.SelectMany(text => text.Problems));

    [Fact]
    public void Each_managed_member_stands_in_the_real_assembly()
    {
        var compilation = AllRules.Compile("");
        foreach (var wait in BuiltInCatalog.Instance.ManagedWaits)
        {
            var type = compilation.GetTypeByMetadataName(wait.Name.Type);
            Assert.True(type is not null, $"{wait.Name.Type} does not resolve.");
            Assert.True(Has(type, wait.Name.Member), $"{wait.Name.Type} has no member {wait.Name.Member}.");
            if (wait.Bounded is { } bounded)
                Assert.True(Has(type, bounded), $"{wait.Name.Type} has no member {bounded}, which should bound {wait.Name.Member}.");
            foreach (var release in wait.Release.Where(release => release != "Dispose"))
                Assert.True(Has(type, release), $"{wait.Name.Type} has no member {release}, which should give back what {wait.Name.Member} took.");
        }

        foreach (var child in BuiltInCatalog.Instance.Children)
            Assert.True(compilation.GetTypeByMetadataName(child.Name.Type) is { } type && Has(type, child.Name.Member), $"There is no {child.Name}.");

        static bool Has(INamedTypeSymbol type, string member)
        {
            for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
            {
                if (!current.GetMembers(member).IsEmpty)
                    return true;
            }

            return false;
        }
    }

    [Fact]
    public void The_libraries_that_are_referenced_here_resolve()
    {
        var resolved = new ResolvedCatalog(BuiltInCatalog.Instance, AllRules.Compile(""));
        Assert.Contains(resolved.NativeClasses, type => type.Name == "Syscall");
        Assert.Contains(resolved.NativeClasses, type => type.Name == "LibC");
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
