namespace LockAnalyzers.Catalog;

/// <summary><c>sql FUNCTION timeout=N parameter=NAME</c>: a function or procedure of a database that waits for a lock of the server.</summary>
internal sealed record SqlFunction(string Name)
{
    /// <summary>The argument that says how long, counted from 0: a negative number means for ever; null when none does.</summary>
    public int? TimeoutArgument { get; init; }

    /// <summary>The name under which it can be given; left out, the function waits for ever.</summary>
    public string? TimeoutParameter { get; init; }

    public static SqlFunction Read(CatalogLine line)
    {
        line.WithKeys("timeout", "parameter");
        return new(line.Target) { TimeoutArgument = line.Text("timeout") is { } place ? (int)CatalogLine.ParseNumber(place) : null, TimeoutParameter = line.Text("parameter") };
    }
}
