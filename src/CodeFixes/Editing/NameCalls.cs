using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>
/// Which members of a type may call which, told by their names alone: it may take a member of another type for one of this type, and
/// then an edit is not offered that could have been.
/// </summary>
internal static class NameCalls
{
    /// <summary>True when the member, directly or through others of the type, says the name of one of the targets.</summary>
    public static bool Reach(TypeDeclarationSyntax type, SyntaxNode from, ICollection<SyntaxNode> targets)
    {
        var members = type.Members.SelectMany(member => Names(member).Select(name => (name, member))).ToLookup(pair => pair.name, pair => pair.member);
        var seen = new HashSet<SyntaxNode>();
        var pending = new Stack<SyntaxNode>();
        pending.Push(from);
        while (pending.Count > 0)
        {
            foreach (var said in pending.Pop().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                foreach (var member in members[said.Identifier.ValueText])
                {
                    if (targets.Contains(member))
                        return true;
                    if (seen.Add(member))
                        pending.Push(member);
                }
            }
        }

        return false;
    }

    private static IEnumerable<string> Names(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => new[] { method.Identifier.ValueText },
        PropertyDeclarationSyntax property => new[] { property.Identifier.ValueText },
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        EventDeclarationSyntax handler => new[] { handler.Identifier.ValueText },
        _ => Enumerable.Empty<string>(),
    };
}
