using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits;

/// <summary>Whether a kernel object has a name, and so can be held by any process.</summary>
internal enum HandleName
{
    /// <summary>Where it is made cannot be seen.</summary>
    Unknown,

    /// <summary>It is this process's own.</summary>
    None,

    /// <summary>It has a name on at least one way.</summary>
    Given,
}

/// <summary>Answers from where an object is made: by a constructor, by opening an existing one, or out of a helper of the framework.</summary>
internal readonly record struct NamedHandle(HandleName Name, bool IsOwnedByCreator)
{
    public static NamedHandle Of(Wait wait, ResolvedCatalog catalog)
    {
        var best = new NamedHandle(HandleName.None, false);
        foreach (var handle in Handles(wait))
        {
            foreach (var origin in Origins.Of(handle))
            {
                var made = Made(origin, catalog);
                if (made.Name == HandleName.Given)
                    return made;
                if (made.Name == HandleName.Unknown)
                    best = made;
            }
        }

        return best;
    }

    /// <summary>What is waited for; each of the handles where several are given.</summary>
    public static IEnumerable<IOperation> Handles(Wait wait) =>
        (wait.Behind ?? wait).Operation is IInvocationOperation { Instance: null } call ? TaskBound.Parts(call).Where(part => part.Type is { SpecialType: SpecialType.None })
        : wait.Target is { } target ? new[] { target }
        : Enumerable.Empty<IOperation>();

    private static NamedHandle Made(IOperation origin, ResolvedCatalog catalog)
    {
        var (member, arguments) = origin switch
        {
            IObjectCreationOperation creation => (creation.Constructor, creation.Arguments),
            IInvocationOperation call => (call.TargetMethod, call.Arguments),
            IArgumentOperation { Parent: IInvocationOperation call } => (call.TargetMethod, call.Arguments),
            _ => default,
        };
        if (member is null)
            return new(HandleName.Unknown, false);
        if (catalog.NamedObjects.Find(member) is not { } named)
            return new(origin is IObjectCreationOperation ? HandleName.None : HandleName.Unknown, false);

        return Argument(arguments, named.Name) is { } name && !IsNoName(name)
            ? new(HandleName.Given, IsTrue(Argument(arguments, named.Owned)) && Argument(arguments, named.Created) is null)
            : new(HandleName.None, false);
    }

    private static IOperation? Argument(IEnumerable<IArgumentOperation> arguments, string? parameter) =>
        parameter is null ? null : arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;

    /// <summary>Null and the empty text are no names.</summary>
    private static bool IsNoName(IOperation name) =>
        name.ConstantValue is { HasValue: true, Value: null or "" } || ValueReader.ReadSingle(name).Kind == ValueKind.Null;

    private static bool IsTrue(IOperation? value) => value is not null && ValueReader.ReadSingle(value).Boolean == true;
}
