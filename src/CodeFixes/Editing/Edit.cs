using Microsoft.CodeAnalysis.Editing;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>One way to mend a place: what the menu says, the key that fix-all goes by, and the change itself.</summary>
internal sealed record Edit(string Title, string Key, Action<SyntaxEditor> Apply)
{
    /// <summary>
    /// The same as the only thing that can be done at a place. <c>dotnet format</c> takes the key of the first place for all, and a
    /// place that had no choice must not choose for those that have one.
    /// </summary>
    public Edit AsOnlyChoice() => this with { Key = Key + ".Only" };
}
