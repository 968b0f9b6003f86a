using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>What a member waits for.</summary>
internal enum WaitSubject
{
    /// <summary>A turn to own something, given back afterwards.</summary>
    Lock,

    /// <summary>Something that is set or counted down: an event, a latch, a barrier.</summary>
    Signal,

    /// <summary>State of the program that somebody else changes.</summary>
    Condition,

    /// <summary>An item of work.</summary>
    Queue,

    Task,

    Thread,

    /// <summary>The end of another process.</summary>
    Process,

    /// <summary>The other side of a connection, a service.</summary>
    Peer,

    /// <summary>Somebody who connects, as a server waits for.</summary>
    Client,

    /// <summary>A person.</summary>
    Input,
}

/// <summary>Who can keep a wait from ending.</summary>
internal enum WaitSharing
{
    /// <summary>Code of this process only.</summary>
    Process,

    /// <summary>Other processes, when the object has a name.</summary>
    Named,

    /// <summary>Other processes.</summary>
    Always,
}

/// <summary>How a member tells that it gave up.</summary>
internal enum WaitAnswer
{
    /// <summary>By an exception, or it never does.</summary>
    None,

    /// <summary>By <c>false</c>.</summary>
    Bool,

    /// <summary>By <c>null</c> in place of a handle.</summary>
    Null,

    /// <summary>By an index that is none of the given ones.</summary>
    Index,

    /// <summary>By a handle that says it holds nothing.</summary>
    Handle,
}

/// <summary>What a call does that gives neither a time-out nor a token.</summary>
internal enum WaitDefault
{
    /// <summary>It waits until somebody else lets go.</summary>
    Wait,

    /// <summary>It tries once.</summary>
    Try,

    /// <summary>It gives up after a time of its own.</summary>
    Finite,
}

/// <summary>
/// <c>wait Namespace.Type.Member key=value</c>: a managed member that waits, or tries. What bounds a call of it is read off its
/// parameters: a time-out, or a token. A line for a derived type goes before that of its base where the receiver is of that type.
/// </summary>
internal sealed record ManagedWait(MemberName Name)
{
    public WaitSubject Subject { get; init; }

    public WaitSharing Sharing { get; init; }

    public WaitAnswer Answer { get; init; }

    /// <summary>The property of the handle that says whether it holds something; null where there is none.</summary>
    public string? Held { get; init; }

    /// <summary>What a call without time-out and token does.</summary>
    public WaitDefault Default { get; init; }

    /// <summary>The member of the same type that takes a time-out, where no overload does; null where one does or none exists.</summary>
    public string? Bounded { get; init; }

    /// <summary>The members that give back what was acquired; <c>Dispose</c> on a handle that the call returns. Empty where nothing is owned.</summary>
    public ImmutableArray<string> Release { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>True when the thread that took it must be the one to give it back.</summary>
    public bool IsThreadAffine { get; init; }

    /// <summary>
    /// True when a holder that ended without giving it back is told by an exception, and who gets that exception holds it from then on.
    /// </summary>
    public bool IsOwnedWhenAbandoned { get; init; }

    /// <summary>True when two short waits are not one long wait: the second call does something else, or what came in between is lost.</summary>
    public bool IsOneGo { get; init; }

    /// <summary>The NuGet package that brings the member; null for the framework's own.</summary>
    public string? Library { get; init; }

    /// <summary>True for a lock that a NuGet package brings: one rule speaks of those.</summary>
    public bool IsLibraryLock => Library is not null && Subject == WaitSubject.Lock;

    public static ManagedWait Read(CatalogLine line)
    {
        line.WithKeys("on", "shared", "answer", "held", "without", "bounded", "release", "affine", "abandoned", "slices", "library");
        return new(MemberName.Parse(line.Target))
        {
            Subject = line.Choice<WaitSubject>("on") ?? WaitSubject.Lock,
            Sharing = line.Choice<WaitSharing>("shared") ?? WaitSharing.Process,
            Answer = line.Choice<WaitAnswer>("answer") ?? WaitAnswer.None,
            Held = line.Text("held"),
            Default = line.Choice<WaitDefault>("without") ?? WaitDefault.Wait,
            Bounded = line.Text("bounded"),
            Release = line.Text("release")?.Split(',').ToImmutableArray() ?? ImmutableArray<string>.Empty,
            IsThreadAffine = line.Flag("affine"),
            IsOwnedWhenAbandoned = line.Text("abandoned") switch
            {
                null => false,
                "owned" => true,
                var other => throw new FormatException($"'abandoned' can only be 'owned', not '{other}'."),
            },
            IsOneGo = line.Text("slices") switch
            {
                null => false,
                "no" => true,
                var other => throw new FormatException($"'slices' can only be 'no', not '{other}'."),
            },
            Library = line.Text("library"),
        };
    }
}
