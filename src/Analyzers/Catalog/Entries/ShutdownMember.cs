namespace LockAnalyzers.Catalog;

/// <summary>What a member means to a shutdown path. Each is a kind of catalog line: <c>guard MEMBER</c>, <c>kill MEMBER</c>, ...</summary>
internal enum ShutdownRole
{
    /// <summary>Arms a guard that ends the process.</summary>
    Guard,

    /// <summary>Ends the process without asking it.</summary>
    Kill,

    /// <summary>Asks the process to end; waits for its handlers.</summary>
    Exit,

    /// <summary>Makes a thread, which keeps the process alive unless it is told not to.</summary>
    Thread,

    /// <summary>Calls what it is given later, on the thread pool.</summary>
    Late,

    /// <summary>Runs what it is given on the thread pool.</summary>
    Pool,

    /// <summary>Sets a thread going.</summary>
    Start,

    /// <summary>Lets the time it is given pass.</summary>
    Pause,

    /// <summary>Starts another process.</summary>
    Launch,

    /// <summary>Tells which process this is.</summary>
    OwnProcess,

    /// <summary>Set to true by the handler of a signal, it keeps the process alive.</summary>
    Keep,

    /// <summary>Tells the handler of several keys or signals which one it was.</summary>
    Which,

    /// <summary>Tells others to stop, and does nothing more.</summary>
    Signal,

    /// <summary>Tells a host to stop, which bounds its own shutdown.</summary>
    StopHost,

    /// <summary>Hands a callback to a token.</summary>
    Register,

    /// <summary>Calls the delegates it is given before it returns.</summary>
    Inline,

    /// <summary>Waits for the next item when it is enumerated.</summary>
    Enumerate,

    /// <summary>Waits for whoever comes next.</summary>
    Listen,

    /// <summary>Waits for a peer or a device, for as long as that one likes.</summary>
    Outside,

    /// <summary>A task that ends on its own.</summary>
    Ends,

    /// <summary>A task that ends when the time it is given is up.</summary>
    Delay,

    /// <summary>Another form of the task it is called on.</summary>
    Same,

    /// <summary>Ends when all of the tasks it is given have.</summary>
    All,

    /// <summary>Ends when one of the tasks it is given has.</summary>
    Any,

    /// <summary>True once there is nothing left to wait for.</summary>
    Done,

    /// <summary>Lets nothing begin any more, and sets the event that it is given when what is still running has ended.</summary>
    Retire,
}

/// <summary>A member and its role.</summary>
internal sealed record ShutdownMember(MemberName Name, ShutdownRole Role)
{
    /// <summary>Reads the line when its kind is a role; null when it is something else.</summary>
    public static ShutdownMember? TryRead(CatalogLine line) =>
        CatalogLine.TryChoice<ShutdownRole>(line.Kind) is { } role ? new(MemberName.Parse(line.WithKeys().Target), role) : null;
}
