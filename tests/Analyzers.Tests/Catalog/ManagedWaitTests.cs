using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Analyzers.Tests.Catalog;

/// <summary>Holds each <c>wait</c> line to the real assembly: the framework, or the package in the version that its <c>library</c> line names.</summary>
public sealed class ManagedWaitTests
{
    private static readonly Compilation Compilation = AllRules.Compile("");

    private static readonly Dictionary<string, Library> Libraries = BuiltInCatalog.Instance.Libraries.ToDictionary(library => library.Package);

    public static TheoryData<string> Verified => Names(wait => wait.Library is null || Libraries[wait.Library].Proof == LibraryProof.Package);

    [Fact]
    public void Each_library_is_named_once_and_has_a_line() =>
        Assert.All(BuiltInCatalog.Instance.ManagedWaits, wait => Assert.True(wait.Library is null || Libraries.ContainsKey(wait.Library), $"{wait.Name} speaks of {wait.Library}, which no library line names."));

    [Fact]
    public void A_library_is_referenced_here_in_the_version_it_was_verified_with_or_says_that_it_is_not()
    {
        foreach (var library in Libraries.Values)
        {
            var versions = References.Packages.Select(package => package.Key).Where(key => key.Package == library.Package.ToLowerInvariant()).Select(key => key.Version).ToList();
            if (library.Proof == LibraryProof.Package)
                Assert.Equal([library.Version], versions);
            else
                Assert.True(versions.Count == 0, $"{library.Package} is referenced here, so that its lines can be verified.");
        }
    }

    [Theory]
    [MemberData(nameof(Verified))]
    public void A_member_stands_in_the_assembly_and_does_what_its_line_says(string name)
    {
        var wait = BuiltInCatalog.Instance.ManagedWaits.Single(wait => NameOf(wait) == name);
        var type = Compilation.GetTypeByMetadataName(wait.Name.Type);
        Assert.True(type is not null, $"{wait.Name.Type} does not resolve.");
        if (wait.Library is { } library)
            Assert.Contains(type.ContainingAssembly.Name, References.Packages[(library.ToLowerInvariant(), Libraries[library].Version)]);

        var members = Members(type, wait.Name.Member);
        Assert.NotEmpty(members);
        if (wait.Bounded is { } bounded)
            Assert.Contains(Members(type, bounded).OfType<IMethodSymbol>(), method => method.Parameters.Any(IsTimeout));

        foreach (var release in wait.Release)
            Assert.True(Members(type, release).Count > 0 || members.Any(member => Members(Awaited(member), release).Count > 0), $"{release} gives nothing back.");

        var methods = members.OfType<IMethodSymbol>().ToList();
        if (methods.Count == 0)
            return;
        if (wait.Library is not null)
            HoldToSignatures(wait, methods);
    }

    [Fact]
    public void Each_class_of_the_referenced_DistributedLock_packages_is_covered_by_the_lines_of_its_interface()
    {
        var index = new ResolvedCatalog(BuiltInCatalog.Instance, Compilation).ManagedWaits;
        var methods = new[] { "Redis.RedisDistributedLock", "Redis.RedisDistributedReaderWriterLock", "Redis.RedisDistributedSemaphore", "Postgres.PostgresDistributedLock", "Postgres.PostgresDistributedReaderWriterLock" }
            .SelectMany(name => Compilation.GetTypeByMetadataName("Medallion.Threading." + name)!.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method.DeclaredAccessibility == Accessibility.Public && method.Name.Contains("Acquire", StringComparison.Ordinal))
            .ToList();

        Assert.True(methods.Count > 20);
        Assert.All(methods, method => Assert.NotNull(index.Find(method)));
    }

    /// <summary>What the parameters and the result say, read as the rules read them.</summary>
    private static void HoldToSignatures(ManagedWait wait, List<IMethodSymbol> methods)
    {
        var waiting = methods.Where(WaitsByDefault).ToList();
        var timed = methods.Where(method => method.Parameters.Any(IsTimeout)).ToList();
        if (wait.Default == WaitDefault.Try)
            Assert.All(waiting, method => Assert.DoesNotContain(method.Parameters, parameter => IsTimeout(parameter) || parameter.Type.IsToken())); // A try has nothing to cancel.
        else if (!methods.All(method => method.Parameters.Any(parameter => IsTimeout(parameter) && !parameter.IsOptional)))
            Assert.NotEmpty(waiting); // Else the caller always says how long.

        var results = (timed.Count > 0 ? timed : methods).Select(Awaited).ToList();
        switch (wait.Answer)
        {
            case WaitAnswer.Bool:
                Assert.Contains(results, result => result?.SpecialType == SpecialType.System_Boolean);
                break;
            case WaitAnswer.Null:
                Assert.All(results, result => Assert.True(
                    result is { NullableAnnotation: NullableAnnotation.Annotated } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }));
                break;
            case WaitAnswer.Handle:
                Assert.All(results, result => Assert.True(result!.IsDisposable()));
                break;
            case WaitAnswer.None:
                Assert.DoesNotContain(timed.Select(Awaited), result => result?.SpecialType == SpecialType.System_Boolean);
                break;
        }
    }

    /// <summary>Nothing that must be given limits it, and what may be left out does not.</summary>
    private static bool WaitsByDefault(IMethodSymbol method) => method.Parameters.All(parameter =>
        !IsTimeout(parameter) || (parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue is -1 or null && !parameter.Type.IsDuration()));

    private static bool IsTimeout(IParameterSymbol parameter) => CallBound.IsTimeout(parameter.Type, parameter.Name);

    /// <summary>What an await of the result gives, or the result itself.</summary>
    private static ITypeSymbol? Awaited(ISymbol member)
    {
        if (member is not IMethodSymbol method)
            return (member as IPropertySymbol)?.Type;
        var awaiter = Members(method.ReturnType, "GetAwaiter").OfType<IMethodSymbol>().FirstOrDefault();
        return awaiter is null ? method.ReturnType : Members(awaiter.ReturnType, "GetResult").OfType<IMethodSymbol>().First().ReturnType;
    }

    private static List<ISymbol> Members(ITypeSymbol? type, string name)
    {
        var found = new List<ISymbol>();
        for (var current = type; current is not null; current = current.BaseType)
            found.AddRange(current.GetMembers(name).Where(member => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected));
        foreach (var implemented in type?.AllInterfaces ?? [])
            found.AddRange(implemented.GetMembers(name));
        return found;
    }

    private static TheoryData<string> Names(Func<ManagedWait, bool> which) => new(BuiltInCatalog.Instance.ManagedWaits.Where(which).Select(NameOf));

    private static string NameOf(ManagedWait wait) => $"{wait.Name.Type}.{wait.Name.Member}";
}
