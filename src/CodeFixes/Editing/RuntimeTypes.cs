using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>The types of the Runtime as seen from a place in the code: whether they are there, and how they are written.</summary>
internal sealed class RuntimeTypes
{
    public const string Namespace = "LockAnalyzers.Runtime";

    private static readonly SyntaxAnnotation NeedsUsing = new("LockAnalyzers.NeedsUsing");

    private readonly SemanticModel _model;
    private readonly int _position;

    public RuntimeTypes(SemanticModel model, int position)
    {
        _model = model;
        _position = position;
    }

    /// <summary>True when the project references the Runtime; without it only the framework's own forms may be offered.</summary>
    public bool IsReferenced => Find("BoundedRetry") is not null;

    /// <summary>The shortest way to write a type of the Runtime here that cannot mean another one.</summary>
    public ExpressionSyntax Name(string type)
    {
        var seen = _model.LookupNamespacesAndTypes(_position, name: type);
        if (seen.IsEmpty && !UsingWouldClash())
            return SyntaxFactory.IdentifierName(type).WithAdditionalAnnotations(NeedsUsing);
        return SyntaxFactory.ParseExpression(
            seen.Length == 1 && SymbolEqualityComparer.Default.Equals(seen[0], Find(type)) ? type : $"global::{Namespace}.{type}");
    }

    /// <summary>
    /// True when the file writes the short name of a type that it imports from elsewhere and the Runtime has a type of that name: with
    /// both namespaces imported, neither would be meant.
    /// </summary>
    private bool UsingWouldClash()
    {
        if (Find("BoundedRetry")?.ContainingNamespace is not { } runtime)
            return false;
        foreach (var name in _model.SyntaxTree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (runtime.GetTypeMembers(name.Identifier.ValueText).Any(static type => type.DeclaredAccessibility == Accessibility.Public)
                && _model.GetSymbolInfo(name).Symbol is INamedTypeSymbol { ContainingType: null } other
                && !Encloses(other.ContainingNamespace, name.SpanStart))
                return true;
        }

        return false;
    }

    /// <summary>What a place's own namespace declares goes before what is imported.</summary>
    private bool Encloses(INamespaceSymbol declaring, int position)
    {
        for (var own = _model.GetEnclosingSymbol(position)?.ContainingNamespace; own is not null; own = own.ContainingNamespace)
        {
            if (SymbolEqualityComparer.Default.Equals(own, declaring))
                return true;
        }

        return false;
    }

    /// <summary>Adds the using directive that names written by <see cref="Name"/> need, if there are any.</summary>
    public static Document AddUsing(Document document, CompilationUnitSyntax root) =>
        document.WithSyntaxRoot(root.HasAnnotation(NeedsUsing) || root.GetAnnotatedNodes(NeedsUsing).Any() ? AddUsing(root) : root);

    private static CompilationUnitSyntax AddUsing(CompilationUnitSyntax root)
    {
        if (root.Usings.Any(directive => directive.Name?.ToString() == Namespace && directive.Alias is null && directive.StaticKeyword.IsKind(SyntaxKind.None)))
            return root;

        var newLine = root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (newLine == default)
            newLine = SyntaxFactory.LineFeed;
        var added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(Namespace).WithLeadingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(newLine);

        if (root.Usings.Count == 0)
        {
            // Above the first member, below the comment that heads the file.
            var token = root.GetFirstToken();
            return root.ReplaceToken(token, token.WithLeadingTrivia()).AddUsings(added.WithLeadingTrivia(token.LeadingTrivia).WithTrailingTrivia(newLine, newLine));
        }

        var index = 0;
        while (index < root.Usings.Count && ComesBefore(root.Usings[index]))
            index++;
        if (index > 0)
            return root.WithUsings(root.Usings.Insert(index, added));

        var first = root.Usings[0];
        return root.WithUsings(root.Usings
            .Replace(first, first.WithLeadingTrivia())
            .Insert(0, added.WithLeadingTrivia(first.GetLeadingTrivia())));
    }

    /// <summary>Plain usings in alphabetical order, System first, then static ones and aliases: the order that editors keep.</summary>
    private static bool ComesBefore(UsingDirectiveSyntax directive)
    {
        if (directive.Alias is not null || !directive.StaticKeyword.IsKind(SyntaxKind.None))
            return false;
        var name = directive.Name?.ToString() ?? "";
        return name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || string.CompareOrdinal(name, Namespace) < 0;
    }

    public INamedTypeSymbol? Find(string type) => _model.Compilation.GetTypeByMetadataName($"{Namespace}.{type}");
}
