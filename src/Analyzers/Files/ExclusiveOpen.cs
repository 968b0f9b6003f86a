using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Files;

/// <summary>A call that opens a file and lets nobody else in, with what it says of mode, options and path.</summary>
internal sealed class ExclusiveOpen
{
    private readonly ImmutableArray<Value> _modes;
    private readonly ImmutableArray<Value> _options;

    private ExclusiveOpen(IOperation call, IOperation? path, ImmutableArray<Value> modes, ImmutableArray<Value> options)
    {
        Call = call;
        Path = path;
        _modes = modes;
        _options = options;
    }

    public IOperation Call { get; }

    /// <summary>The path, or the object that knows it.</summary>
    public IOperation? Path { get; }

    public bool DeletesOnClose => _options.Any(value => value.HasAny((ulong)FileOptions.DeleteOnClose) == true);

    /// <summary>True when one of the modes that the call may use is among these.</summary>
    public bool MayUse(params FileMode[] modes) => _modes.Any(value => value.Number is { } number && Array.IndexOf(modes, (FileMode)number) >= 0);

    /// <summary>The open that a call is; null for every call that opens nothing, or shares what it opens.</summary>
    public static ExclusiveOpen? Find(IOperation call, ResolvedCatalog catalog)
    {
        var (method, arguments, instance) = call switch
        {
            IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments, invocation.Instance),
            IObjectCreationOperation creation => (creation.Constructor, creation.Arguments, null),
            _ => default,
        };
        if (method is null || catalog.FileOpens.Find(method) is not { } open)
            return null;

        var settings = OpenSettings.Of(arguments);
        return settings.Share(open).Any(IsExclusive)
            ? new ExclusiveOpen(call, settings.Path ?? instance, settings.Mode(open), settings.Options())
            : null;
    }

    /// <summary>Neither readers nor writers are let in. What children inherit and who may delete the file does not matter here.</summary>
    private static bool IsExclusive(Value share) => share.HasAny((ulong)FileShare.ReadWrite) == false;
}
