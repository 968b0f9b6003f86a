using Microsoft.CodeAnalysis.Editing;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>One way to mend a place: what the menu says, the key that fix-all goes by, and the change itself.</summary>
internal sealed record Edit(string Title, string Key, Action<SyntaxEditor> Apply);
