using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>When a native entry point waits, judged by the value of its deciding argument.</summary>
internal enum NativeCondition
{
    /// <summary>Whatever it is given.</summary>
    Always,

    /// <summary>When none of the listed bits is set.</summary>
    BitsClear,

    /// <summary>When the argument is one of the listed values.</summary>
    OneOf,

    /// <summary>When the argument is below zero.</summary>
    Negative,

    /// <summary>When the argument is null or zero.</summary>
    Null,

    /// <summary>When the argument is not zero.</summary>
    True,
}

/// <summary>How the deciding argument is changed so that the call returns at once.</summary>
internal enum NativeTryEdit
{
    /// <summary>No value of this argument makes the call a try; another entry point does.</summary>
    None,

    /// <summary>The bits are added with <c>|</c>.</summary>
    Add,

    /// <summary>The argument is replaced.</summary>
    Set,

    /// <summary>Each waiting value has a value of its own that tries.</summary>
    Replace,
}

/// <summary>How a try that found the lock held says so.</summary>
internal enum NativeBusy
{
    /// <summary>Nothing the Runtime could read.</summary>
    Unknown,

    /// <summary>-1, and errno names it.</summary>
    Errno,

    /// <summary>A certain result.</summary>
    Result,
}

/// <summary><c>native NAME arg=N waits=CONDITION:values try=add|set:value|replace:value>value busy=errno|result:value</c>: an entry point that can wait.</summary>
internal sealed record NativeWait
{
    public required string Name { get; init; }

    /// <summary>What it waits for.</summary>
    public WaitSubject Subject { get; init; }

    /// <summary>The deciding argument, counted from 0; from -1 backwards when below zero (wrappers drop leading ones).</summary>
    public int Argument { get; init; }

    public NativeCondition Condition { get; init; }

    public ImmutableArray<long> Values { get; init; } = ImmutableArray<long>.Empty;

    /// <summary>Names of constants that make the call wait whatever their value is on this system.</summary>
    public ImmutableArray<string> Names { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The argument that lists what is waited for; more than one member means that something may wake the wait.</summary>
    public int? Wakeable { get; init; }

    /// <summary>The argument that points to a struct whose member says "unlock", which never waits.</summary>
    public (int Argument, string Member, long Value)? Unlock { get; init; }

    public NativeTryEdit Try { get; init; }

    public long TryValue { get; init; }

    /// <summary>For <see cref="NativeTryEdit.Replace"/>: what each waiting value becomes.</summary>
    public ImmutableDictionary<long, long> TryValues { get; init; } = ImmutableDictionary<long, long>.Empty;

    public NativeBusy Busy { get; init; }

    public long BusyResult { get; init; }

    /// <summary>True when the deciding argument is a time-out in milliseconds.</summary>
    public bool HasTimeout { get; init; }

    public static NativeWait Read(CatalogLine line)
    {
        line.WithKeys("on", "arg", "waits", "names", "try", "busy", "unlock", "wakeable", "timeout");
        var (condition, values) = Split(line, "waits");
        if (condition is "bits-clear" or "one-of" && values.IsEmpty)
            throw new FormatException($"'waits={condition}' names no values; it is waits={condition}:value,value.");
        var (tryWord, tryText) = SplitText(line, "try");
        var tryEdit = Choose(tryWord, NativeTryEdit.None);
        var (busy, busyValues) = Split(line, "busy");
        return new NativeWait
        {
            Name = line.Target,
            Subject = line.Choice<WaitSubject>("on") ?? WaitSubject.Lock,
            Argument = line.Count("arg") ?? 0,
            Condition = Choose(condition, NativeCondition.Always),
            Values = values,
            Names = line.Text("names")?.Split(',').ToImmutableArray() ?? ImmutableArray<string>.Empty,
            Wakeable = line.Count("wakeable"),
            Unlock = ReadUnlock(line.Text("unlock")),
            Try = tryEdit,
            TryValue = tryEdit is NativeTryEdit.Add or NativeTryEdit.Set ? CatalogLine.ParseNumber(tryText) : 0,
            TryValues = tryEdit == NativeTryEdit.Replace ? ReadPairs(tryText) : ImmutableDictionary<long, long>.Empty,
            Busy = Choose(busy, NativeBusy.Unknown),
            BusyResult = busyValues.FirstOrDefault(),
            HasTimeout = line.Flag("timeout", "milliseconds"),
        };
    }

    private static (string? Word, ImmutableArray<long> Values) Split(CatalogLine line, string key)
    {
        var (word, values) = SplitText(line, key);
        return (word, values.Length == 0 ? ImmutableArray<long>.Empty : CatalogLine.ParseNumbers(values));
    }

    private static (string? Word, string Values) SplitText(CatalogLine line, string key)
    {
        if (line.Text(key) is not { } text)
            return (null, "");
        var colon = text.IndexOf(':');
        return colon < 0 ? (text, "") : (text.Substring(0, colon), text.Substring(colon + 1));
    }

    private static ImmutableDictionary<long, long> ReadPairs(string text)
    {
        var pairs = ImmutableDictionary.CreateBuilder<long, long>();
        foreach (var pair in text.Split(','))
        {
            var values = pair.Split('>');
            pairs[CatalogLine.ParseNumber(values[0])] = values.Length == 2
                ? CatalogLine.ParseNumber(values[1])
                : throw new FormatException($"'{text}' is not of the form value>value.");
        }

        return pairs.ToImmutable();
    }

    private static TEnum Choose<TEnum>(string? word, TEnum absent)
        where TEnum : struct, Enum =>
        word is null ? absent : CatalogLine.ParseChoice<TEnum>(word);

    private static (int, string, long)? ReadUnlock(string? text)
    {
        if (text is null)
            return null;
        var parts = text.Split(':');
        return parts.Length == 3
            ? (CatalogLine.ParseCount(parts[0]), parts[1], CatalogLine.ParseNumber(parts[2]))
            : throw new FormatException($"'unlock={text}' is not of the form argument:member:value.");
    }
}
