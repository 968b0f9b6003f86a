using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Benchmarks;

/// <summary>
/// More of the same code: each copy stands in a namespace of its own, with its usings inside, so that its names find the copy
/// itself first and everything binds as it did. Not for projects whose own root namespace is also that of what they reference.
/// </summary>
internal static class Copies
{
    public static Project Of(Project project, int count)
    {
        var roots = project.Sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, project.ParseOptions).GetCompilationUnitRoot()).ToArray();
        var globalUsings = roots.SelectMany(root => root.Usings).Where(IsGlobal).Select(directive => Local(directive).ToString()).Distinct().ToArray();
        var namespaces = roots.SelectMany(root => root.Members).OfType<BaseNamespaceDeclarationSyntax>()
            .Select(RootOf).Where(name => name != "System").ToHashSet(StringComparer.Ordinal);

        var sources = project.Sources.ToList();
        for (var copy = 1; copy < count; copy++)
        {
            for (var i = 0; i < roots.Length; i++)
            {
                if (roots[i].Members.All(IsPolyfill))
                    continue; // Nothing to repeat: attributes of the assembly, or types that every copy shares.
                var text = Copy(roots[i], "Copy" + copy, globalUsings, namespaces);
                sources.Add(new Project.Source($"copy{copy}/{project.Sources[i].Path}", SourceText.From(text, Encoding.UTF8)));
            }
        }

        return project with { Sources = sources };
    }

    private static string Copy(CompilationUnitSyntax root, string name, string[] globalUsings, HashSet<string> namespaces)
    {
        // What is compiled is kept; the directives that chose it would be torn apart.
        root = root.ReplaceTrivia(root.DescendantTrivia().Where(IsChoice), (_, _) => SyntaxFactory.EndOfLine("\n"));
        root = (CompilationUnitSyntax)new GlobalNames(name, namespaces).Visit(root);
        var text = new StringBuilder().Append("namespace ").Append(name).Append(" {\n");
        foreach (var directive in globalUsings)
            text.Append(directive).Append('\n');
        foreach (var directive in root.Usings.Where(directive => !IsGlobal(directive)))
            text.Append(directive.ToFullString());
        foreach (var member in root.Members.Where(member => !IsPolyfill(member)))
        {
            text.Append(member is FileScopedNamespaceDeclarationSyntax scoped
                ? $"{scoped.GetLeadingTrivia().ToFullString()}namespace {scoped.Name} {{\n{scoped.Usings.ToFullString()}{scoped.Members.ToFullString()}\n}}"
                : member.ToFullString());
        }

        return text.Append(root.EndOfFileToken.ToFullString()).Append("\n}\n").ToString();
    }

    /// <summary>A second System namespace would hide the first.</summary>
    private static bool IsPolyfill(MemberDeclarationSyntax member) => member is BaseNamespaceDeclarationSyntax declaration && RootOf(declaration) == "System";

    private static string RootOf(BaseNamespaceDeclarationSyntax declaration) => declaration.Name.ToString().Split('.')[0];

    private static bool IsChoice(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.DisabledTextTrivia)
        || (trivia.IsDirective && !trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia) && !trivia.IsKind(SyntaxKind.NullableDirectiveTrivia));

    private static bool IsGlobal(UsingDirectiveSyntax directive) => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword);

    private static UsingDirectiveSyntax Local(UsingDirectiveSyntax directive) => directive.WithGlobalKeyword(default);

    /// <summary><c>global::NLog</c> means the copy's.</summary>
    private sealed class GlobalNames(string copy, HashSet<string> namespaces) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitAliasQualifiedName(AliasQualifiedNameSyntax node) =>
            node.Alias.Identifier.IsKind(SyntaxKind.GlobalKeyword) && namespaces.Contains(node.Name.Identifier.ValueText)
                ? SyntaxFactory.ParseName($"global::{copy}.{node.Name}").WithTriviaFrom(node)
                : base.VisitAliasQualifiedName(node);
    }
}
