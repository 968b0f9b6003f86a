using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>How code comes to run while the process ends.</summary>
internal enum RootForm
{
    /// <summary>A handler of an event.</summary>
    Event,

    /// <summary>A handler given to a call.</summary>
    Call,

    /// <summary>A callback registered on a token.</summary>
    Token,

    /// <summary>An override or implementation of the member.</summary>
    Member,
}

/// <summary><c>root MEMBER form=event|call|token|member handler=N only=N:values press=N:values guard=scope|none late=yes unasked=yes repeats=yes exit=wedges grace=seconds start=MEMBER stops=process|object</c>: where a shutdown path begins.</summary>
internal sealed record ShutdownRoot(MemberName Name, RootForm Form)
{
    /// <summary>The argument that is the handler, counted from 0.</summary>
    public int Handler { get; init; }

    /// <summary>The values that an argument must have one of, where it can be read; null when any will do.</summary>
    public (int Argument, ImmutableArray<long> Values)? Only { get; init; }

    /// <summary>The values of an argument that stand for a key of the terminal; null when all do.</summary>
    public (int Argument, ImmutableArray<long> Values)? Press { get; init; }

    /// <summary>True when the process may live on after the member, so that a guard has to end with it.</summary>
    public bool IsScoped { get; init; }

    /// <summary>False for what also runs while nothing ends: whoever armed a guard there would end a healthy process.</summary>
    public bool MayBeGuarded { get; init; } = true;

    /// <summary>True when it runs with the shutdown well under way: a guard armed in it comes too late for whatever ran before.</summary>
    public bool IsLate { get; init; }

    /// <summary>True when it also runs where nothing has asked the process to end: Main returned. What a signal's handler arms is then not armed.</summary>
    public bool RunsUnasked { get; init; }

    /// <summary>
    /// True when the handler runs once more each time it is asked to: a way out on the second time is a guard, and a handler that does
    /// no more than call the delegate it was made from is a way to register.
    /// </summary>
    public bool IsRepeated { get; init; }

    /// <summary>True when asking the process to end waits for this handler, and so never returns inside it.</summary>
    public bool ExitWedges { get; init; }

    /// <summary>How long a guard waits, in seconds; null for the default of whoever arms it.</summary>
    public int? Grace { get; init; }

    /// <summary>True when it stops one object, not the process: nothing has to force the process to end, but what waits there keeps it from ending.</summary>
    public bool IsOfObject { get; init; }

    /// <summary>The name of the member of the same type that runs before this one; null when there is none.</summary>
    public string? Start { get; init; }

    public static ShutdownRoot Read(CatalogLine line) =>
        new(MemberName.Parse(line.WithKeys("form", "handler", "only", "press", "guard", "late", "unasked", "repeats", "exit", "grace", "start", "stops").Target), line.Choice<RootForm>("form") ?? throw new FormatException("A root needs a form."))
        {
            Handler = line.Count("handler") ?? 0,
            Only = ReadValues(line, "only"),
            Press = ReadValues(line, "press"),
            IsScoped = line.Text("guard") == "scope",
            MayBeGuarded = line.Text("guard") switch
            {
                null or "scope" => true,
                "none" => false,
                var other => throw new FormatException($"'guard' can be 'scope' or 'none', not '{other}'."),
            },
            IsLate = line.Flag("late"),
            RunsUnasked = line.Flag("unasked"),
            IsRepeated = line.Flag("repeats"),
            ExitWedges = line.Flag("exit", "wedges"),
            Grace = line.Count("grace"),
            Start = line.Text("start"),
            IsOfObject = line.Text("stops") switch
            {
                null or "process" => false,
                "object" => true,
                var other => throw new FormatException($"'stops' can be 'process' or 'object', not '{other}'."),
            },
        };

    private static (int, ImmutableArray<long>)? ReadValues(CatalogLine line, string key)
    {
        if (line.Text(key) is not { } text)
            return null;
        var colon = text.IndexOf(':');
        return colon > 0
            ? (CatalogLine.ParseCount(text.Substring(0, colon)), CatalogLine.ParseNumbers(text.Substring(colon + 1)))
            : throw new FormatException($"'{key}={text}' is not of the form argument:values.");
    }
}
