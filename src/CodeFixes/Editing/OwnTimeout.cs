using LockAnalyzers.Bounds;
using LockAnalyzers.Values;
using LockAnalyzers.WaitOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Sets the time-out that the API itself offers beside its wait option.</summary>
internal static class OwnTimeout
{
    public static Action<SyntaxEditor>? Find(FixSite site, WaitOptionUse use) => use.Place.Syntax switch
    {
        ArgumentSyntax { Parent: ArgumentListSyntax list } when use.Place.Parent is { } call => InCall(site, call, list),
        InvocationExpressionSyntax { ArgumentList: var list } => InCall(site, use.Place, list),
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } => InInitializer(site, use, initializer),
        AttributeArgumentSyntax { Parent: AttributeArgumentListSyntax list } => InAttribute(site, use, list),
        _ => null,
    };

    /// <summary>An optional parameter that was left out, or an overload with one parameter more.</summary>
    private static Action<SyntaxEditor>? InCall(FixSite site, IOperation call, ArgumentListSyntax list)
    {
        var (method, arguments) = call switch
        {
            IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments),
            IObjectCreationOperation { Constructor: { } constructor } creation => (constructor, creation.Arguments),
            _ => default,
        };
        if (method is null)
            return null;

        var parameter = arguments.FirstOrDefault(a => a.ArgumentKind == ArgumentKind.DefaultValue && IsTimeout(a.Parameter))?.Parameter
            ?? Overload(method, arguments.Count(a => a.ArgumentKind != ArgumentKind.DefaultValue));
        if (parameter is null)
            return null;
        var argument = RuntimeCall.Named(parameter.Name, TenSeconds(site, parameter.Type, parameter.Name));
        return editor => editor.ReplaceNode(list, (current, _) => ((ArgumentListSyntax)current).WithArguments(
            Append(((ArgumentListSyntax)current).Arguments, argument)));
    }

    private static IParameterSymbol? Overload(IMethodSymbol method, int given) =>
        method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
            .Where(other => other.IsStatic == method.IsStatic && other.Parameters.Length == given + 1
                && method.Parameters.Take(given).Select(p => (p.Name, p.Type.ToDisplayString())).SequenceEqual(
                    other.Parameters.Take(given).Select(p => (p.Name, p.Type.ToDisplayString())))
                && SymbolEqualityComparer.Default.Equals(other.ReturnType, method.ReturnType))
            .Select(other => other.Parameters[given])
            .FirstOrDefault(IsTimeout);

    private static Action<SyntaxEditor>? InInitializer(FixSite site, WaitOptionUse use, InitializerExpressionSyntax initializer)
    {
        var owner = (use.Place as ISimpleAssignmentOperation)?.Target is IMemberReferenceOperation { Member.ContainingType: var type } ? type : null;
        if (TimeoutProperty(owner) is not { } property)
            return null;
        var assignment = AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            IdentifierName(property.Name),
            Token(TriviaList(Space), SyntaxKind.EqualsToken, TriviaList(Space)),
            TenSeconds(site, property.Type, property.Name));
        return editor => editor.ReplaceNode(initializer, (current, _) => ((InitializerExpressionSyntax)current).WithExpressions(
            Append(((InitializerExpressionSyntax)current).Expressions, assignment)));
    }

    private static Action<SyntaxEditor>? InAttribute(FixSite site, WaitOptionUse use, AttributeArgumentListSyntax list)
    {
        var owner = (use.Place as ISimpleAssignmentOperation)?.Target is IMemberReferenceOperation { Member.ContainingType: var type } ? type : null;
        if (TimeoutProperty(owner) is not { Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Double } property)
            return null;
        var argument = AttributeArgument(
            NameEquals(IdentifierName(property.Name), Token(TriviaList(Space), SyntaxKind.EqualsToken, TriviaList(Space))),
            null,
            TenSeconds(site, property.Type, property.Name));
        return editor => editor.ReplaceNode(list, (current, _) => ((AttributeArgumentListSyntax)current).WithArguments(
            Append(((AttributeArgumentListSyntax)current).Arguments, argument)));
    }

    private static IPropertySymbol? TimeoutProperty(INamedTypeSymbol? owner) =>
        owner?.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property =>
            property.SetMethod is { DeclaredAccessibility: Accessibility.Public } && CallBound.IsTimeout(property.Type, property.Name)
            && !property.Type.WithoutNullable().IsInstant());

    private static bool IsTimeout(IParameterSymbol? parameter) =>
        parameter is not null && CallBound.IsTimeout(parameter.Type, parameter.Name) && !parameter.Type.WithoutNullable().IsInstant();

    /// <summary>Ten seconds in the unit that the name asks for, or one of a longer unit: the budget that the incident's cure gave each acquisition.</summary>
    public static ExpressionSyntax TenSeconds(FixSite site, ITypeSymbol type, string name)
    {
        if (!type.WithoutNullable().IsDuration())
        {
            var units = TimeSpan.FromSeconds(10).Ticks / TimeUnit.Of(name).Ticks;
            return ParseExpression(units == 0 ? "1" : units == 10 ? "10" : "10_000");
        }

        var timeSpan = site.Model.Compilation.GetTypeByMetadataName("System.TimeSpan")!.ToMinimalDisplayString(site.Model, site.Node.SpanStart);
        return ParseExpression($"{timeSpan}.FromSeconds(10)");
    }

    /// <summary>Adds to a list; where its members stand on lines of their own, so does the new one.</summary>
    private static SeparatedSyntaxList<T> Append<T>(SeparatedSyntaxList<T> list, T added)
        where T : SyntaxNode
    {
        if (list.Count == 0)
            return list.Add(added);
        var last = list[list.Count - 1];
        var leading = last.GetLeadingTrivia();
        if (list.SeparatorCount == list.Count)
        {
            // A trailing comma stays at the end.
            var closing = list.GetSeparator(list.Count - 1);
            return SeparatedList<T>(list.GetWithSeparators().Add(added.WithLeadingTrivia(leading)).Add(closing));
        }

        var isOnOwnLine = leading.Any(SyntaxKind.WhitespaceTrivia) && list.Count > 1;
        var newLast = last.WithTrailingTrivia();
        var comma = isOnOwnLine ? Token(SyntaxKind.CommaToken).WithTrailingTrivia(EndOfLine("\n")) : Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space);
        return SeparatedList<T>(list.Replace(last, newLast).GetWithSeparators()
            .Add(comma)
            .Add((isOnOwnLine ? added.WithLeadingTrivia(leading) : added).WithTrailingTrivia(last.GetTrailingTrivia())));
    }
}
