using System.Collections.Immutable;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Wrappers;

/// <summary>
/// A function that is given a number, a time or a token, and what it hands that on to; told by names alone. Its body is looked at when somebody
/// asks: there are many such functions, and few calls that could matter. Safe in concurrent actions.
/// </summary>
internal sealed class PassedOn
{
    private readonly Lazy<ImmutableArray<string>> _called;

    /// <param name="name">Its own name; of a constructor, that of the type.</param>
    /// <param name="place">Where it is declared. No node is kept: those live no longer than somebody looks at them.</param>
    public PassedOn(string name, SyntaxReference place)
    {
        Name = name;
        Place = place;
        _called = new(() => Calls(place.GetSyntax()));
    }

    public string Name { get; }

    public SyntaxReference Place { get; }

    /// <summary>The names of what is given what the function is given, or something made of it.</summary>
    public ImmutableArray<string> Called => _called.Value;

    /// <summary>True for the types that a time-out, a flag of a native call or a token has.</summary>
    public static bool IsGiven(TypeSyntax? type) => type switch
    {
        NullableTypeSyntax nullable => IsGiven(nullable.ElementType),
        PredefinedTypeSyntax { Keyword: var keyword } => keyword.Kind() is SyntaxKind.IntKeyword or SyntaxKind.UIntKeyword or SyntaxKind.LongKeyword or SyntaxKind.DoubleKeyword,
        not null => CallActions.NameOf(type) is "TimeSpan" or "CancellationToken" or "Int32" or "UInt32" or "Int64",
        _ => false,
    };

    private static SeparatedSyntaxList<ParameterSyntax> Parameters(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
        LocalFunctionStatementSyntax local => local.ParameterList.Parameters,
        _ => default,
    };

    /// <summary>Looks through the function in the order of its text; a variable that is made of what was given counts as that.</summary>
    private static ImmutableArray<string> Calls(SyntaxNode function)
    {
        var given = Parameters(function).Where(parameter => IsGiven(parameter.Type)).Select(parameter => parameter.Identifier.ValueText).ToList();
        var called = ImmutableArray.CreateBuilder<string>();
        foreach (var node in function.DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var name } && given.Contains(name))
                Follow(node, given, called);
        }

        return called.ToImmutable();
    }

    /// <summary>Adds the calls around a mention that are given it, and the variable that is made of it.</summary>
    private static void Follow(SyntaxNode mention, List<string> given, ImmutableArray<string>.Builder called)
    {
        for (var node = mention; node.Parent is { } parent and not (StatementSyntax or MemberDeclarationSyntax); node = parent)
        {
            switch (parent)
            {
                case ArgumentListSyntax { Parent: { } call } when CalledBy(call) is { } name && !called.Contains(name):
                    called.Add(name);
                    break;
                case VariableDeclaratorSyntax declarator:
                    given.Add(declarator.Identifier.ValueText);
                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax variable } when variable != node:
                    given.Add(variable.Identifier.ValueText);
                    break;
            }
        }
    }

    private static string? CalledBy(SyntaxNode call) => call switch
    {
        ConstructorInitializerSyntax { Parent: ConstructorDeclarationSyntax { Identifier: var own, Parent: var type } } initializer =>
            initializer.IsKind(SyntaxKind.ThisConstructorInitializer) ? own.ValueText
            : type is TypeDeclarationSyntax { BaseList.Types: { Count: > 0 } bases } ? CallActions.NameOf(bases[0].Type)
            : null,
        InvocationExpressionSyntax or ObjectCreationExpressionSyntax => CallActions.NameOf(call),
        _ => null,
    };
}
