namespace LockAnalyzers.Catalog;

/// <summary>What a member means to a process that another one has started.</summary>
internal enum ChildRole
{
    /// <summary>Starts a child, from a start info that is among the arguments or was set before.</summary>
    Start,

    /// <summary>The start info of a child.</summary>
    Info,

    /// <summary>A property of the start info: true makes a pipe of the stream.</summary>
    Redirect,

    /// <summary>The end of the pipe that the parent reads.</summary>
    Stream,

    /// <summary>Has the stream read in the background from now on.</summary>
    Drain,

    /// <summary>Waits for the end of the child.</summary>
    Wait,

    /// <summary>Ends the child, or asks it to end.</summary>
    Kill,

    /// <summary>Tells whether the child has ended.</summary>
    Over,

    /// <summary>A method that neither reads nor ends.</summary>
    Plain,

    /// <summary>Another face of the same stream.</summary>
    Same,

    /// <summary>A member of a reader or stream that returns at the end of the stream.</summary>
    ReadAll,

    /// <summary>A member of a reader that returns after a line; in a loop it is read to the end.</summary>
    ReadLine,
}

/// <summary>One of the two streams that a child writes.</summary>
internal enum ChildStream
{
    Output,
    Error,
}

/// <summary><c>child Namespace.Type.Member is=stream stream=output</c>: a member of a process, of its start info or of what reads its streams.</summary>
internal sealed record ChildMember(MemberName Name, ChildRole Role)
{
    /// <summary>The stream it is about; null when it is about the process.</summary>
    public ChildStream? Stream { get; init; }

    /// <summary>True for a member that goes on only when the child has ended, or has nothing more to say.</summary>
    public bool Waits => Role is ChildRole.Wait or ChildRole.ReadAll or ChildRole.ReadLine;

    public static ChildMember Read(CatalogLine line)
    {
        var role = line.WithKeys("is", "stream").Choice<ChildRole>("is") ?? throw new FormatException($"'{line.Target}' has no is=... that says what it does.");
        var stream = line.Choice<ChildStream>("stream");
        return stream is null == role is ChildRole.Redirect or ChildRole.Stream or ChildRole.Drain
            ? throw new FormatException($"'{line.Target}': stream= belongs to is=redirect, is=stream and is=drain, and to no other.")
            : new(MemberName.Parse(line.Target), role) { Stream = stream };
    }
}
