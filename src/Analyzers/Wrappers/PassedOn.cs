using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Wrappers;

/// <summary>A function that hands a number, a time or a token that it is given on to what it calls; told by names alone.</summary>
/// <param name="Name">Its own name; of a constructor, that of the type.</param>
/// <param name="Declaration">Where it is declared.</param>
/// <param name="Called">The names of what is given it, or something made of it.</param>
internal sealed record PassedOn(string Name, SyntaxNode Declaration, ImmutableArray<string> Called)
{
    /// <summary>A longer function that is given a token does more than to wait with it: whoever gives none there chooses for all of that.</summary>
    private const int MostStatementsWithToken = 2;

    private static readonly ConditionalWeakTable<SyntaxTree, PassedOn[]> Cache = new();

    /// <summary>Those of one file, read once, whatever changes in other files.</summary>
    public static PassedOn[] In(SyntaxTree tree) => Cache.GetValue(tree, static tree =>
    {
        var found = new List<PassedOn>();
        if (tree.GetRoot() is CompilationUnitSyntax root)
            Read(root.Members, found);
        return found.ToArray();
    });

    private static void Read(SyntaxList<MemberDeclarationSyntax> members, List<PassedOn> found)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax declaration:
                    Read(declaration.Members, found);
                    break;
                case TypeDeclarationSyntax type:
                    Read(type.Members, found);
                    break;
                case MethodDeclarationSyntax method:
                    Read(method.Identifier, method.ParameterList, method, method.Body, method.ExpressionBody, found);
                    break;
                case ConstructorDeclarationSyntax constructor:
                    Read(constructor.Identifier, constructor.ParameterList, constructor, constructor.Body, constructor.ExpressionBody, found);
                    break;
                case GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax local }:
                    Read(local, found);
                    break;
            }
        }
    }

    private static void Read(LocalFunctionStatementSyntax local, List<PassedOn> found) =>
        Read(local.Identifier, local.ParameterList, local, local.Body, local.ExpressionBody, found);

    private static void Read(
        SyntaxToken name, ParameterListSyntax parameters, SyntaxNode declaration, BlockSyntax? body, ArrowExpressionClauseSyntax? arrow, List<PassedOn> found)
    {
        foreach (var statement in body?.Statements ?? default)
        {
            if (statement is LocalFunctionStatementSyntax local)
                Read(local, found);
        }

        List<string>? given = null;
        foreach (var parameter in parameters.Parameters)
        {
            if (IsGiven(parameter.Type, withToken: body is not { Statements.Count: > MostStatementsWithToken }))
                (given ??= new()).Add(parameter.Identifier.ValueText);
        }

        if (given is not null && Calls(declaration, given) is { IsEmpty: false } called)
            found.Add(new PassedOn(name.ValueText, declaration, called));
    }

    /// <summary>Looks through the function in the order of its text; a variable that is made of what was given counts as that.</summary>
    private static ImmutableArray<string> Calls(SyntaxNode function, List<string> given)
    {
        var called = ImmutableArray.CreateBuilder<string>();
        foreach (var node in function.DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Initializer.Value: { } value } declarator when Mentions(value, given):
                    given.Add(declarator.Identifier.ValueText);
                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax variable, Right: var value } when Mentions(value, given):
                    given.Add(variable.Identifier.ValueText);
                    break;
                case InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax
                    when CalledBy(node) is { } name && !called.Contains(name) && ArgumentsOf(node) is { Arguments.Count: > 0 } arguments && Mentions(arguments, given):
                    called.Add(name);
                    break;
            }
        }

        return called.ToImmutable();
    }

    private static ArgumentListSyntax? ArgumentsOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => call.ArgumentList,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
        ConstructorInitializerSyntax initializer => initializer.ArgumentList,
        _ => null,
    };

    private static string? CalledBy(SyntaxNode node) => node switch
    {
        ConstructorInitializerSyntax { Parent: ConstructorDeclarationSyntax { Identifier: var own, Parent: var type } } initializer =>
            initializer.IsKind(SyntaxKind.ThisConstructorInitializer) ? own.ValueText
            : type is TypeDeclarationSyntax { BaseList.Types: { Count: > 0 } bases } ? CallActions.NameOf(bases[0].Type)
            : null,
        _ => CallActions.NameOf(node),
    };

    private static bool Mentions(SyntaxNode node, List<string> names)
    {
        foreach (var token in node.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText))
                return true;
        }

        return false;
    }

    /// <summary>True for the types that a time-out, a flag of a native call or a token has.</summary>
    private static bool IsGiven(TypeSyntax? type, bool withToken) => type switch
    {
        NullableTypeSyntax nullable => IsGiven(nullable.ElementType, withToken),
        PredefinedTypeSyntax { Keyword: var keyword } => keyword.Kind() is SyntaxKind.IntKeyword or SyntaxKind.UIntKeyword or SyntaxKind.LongKeyword or SyntaxKind.DoubleKeyword,
        not null => CallActions.NameOf(type) is "TimeSpan" or "Int32" or "UInt32" or "Int64" || (withToken && CallActions.NameOf(type) == "CancellationToken"),
        _ => false,
    };
}
