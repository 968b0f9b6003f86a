namespace LockAnalyzers.Catalog;

/// <summary>
/// The name of a member with all its overloads, as a catalog line writes it: <c>Namespace.Type.Member</c>; a nested type
/// is set off by <c>+</c>, type parameters are counted (<c>Task`1</c>), a constructor is <c>.ctor</c>
/// (<c>System.IO.FileStream..ctor</c>).
/// </summary>
internal readonly record struct MemberName(string Type, string Member)
{
    public static MemberName Parse(string text)
    {
        const string Constructor = "..ctor";
        if (text.EndsWith(Constructor, StringComparison.Ordinal))
            return new MemberName(text.Substring(0, text.Length - Constructor.Length), ".ctor");

        var dot = text.LastIndexOf('.');
        return dot > 0 && dot < text.Length - 1
            ? new MemberName(text.Substring(0, dot), text.Substring(dot + 1))
            : throw new FormatException($"'{text}' is not of the form Namespace.Type.Member.");
    }
}
