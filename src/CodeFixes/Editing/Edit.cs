using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>One way to mend a place: what the menu says, the key that fix-all goes by, and the change itself.</summary>
internal sealed record Edit(string Title, string Key, Action<SyntaxEditor> Apply)
{
    /// <summary>The file that is changed; null for the file of the report. What is changed elsewhere is done once, not for each place.</summary>
    public SyntaxTree? Elsewhere { get; init; }

    /// <summary>
    /// The same as the only thing that can be done at a place. <c>dotnet format</c> takes the key of the first place for all, and a
    /// place that had no choice must not choose for those that have one.
    /// </summary>
    public Edit AsOnlyChoice() => this with { Key = Key + ".Only" };
}
