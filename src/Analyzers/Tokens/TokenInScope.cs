using LockAnalyzers.Bounds;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Tokens;

/// <summary>A token that a call could take: how it is written there, and whether it was handed to the very function that calls.</summary>
internal sealed record TokenInScope(string Expression, bool IsOwn)
{
    /// <summary>The nearest token that can be cancelled; null when there is none.</summary>
    public static TokenInScope? Find(IOperation call)
    {
        var isOwn = true;
        for (var current = call.Parent; current is not null; current = current.Parent)
        {
            var function = current switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (current is IBlockOperation block && Local(block, call) is { } local2)
                return new TokenInScope(local2, isOwn);
            if (function is null)
                continue;
            if (Parameter(function) is { } own)
                return new TokenInScope(own, isOwn);
            if (function.IsStatic)
                return null;

            // What a lambda captures may be long over, or belong to somebody else, when the lambda runs.
            isOwn = false;
        }

        return Member(call) is not { } member ? null
            : Parameter(member) is { } parameter ? new TokenInScope(parameter, isOwn)
            : Carried(member, call) is { } carried ? new TokenInScope(carried, IsOwn: false)
            : Field(member, call) is { } field ? new TokenInScope(field, IsOwn: false)
            : null;
    }

    private static IMethodSymbol? Member(IOperation call) =>
        call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart) is { } symbol ? Outermost(symbol) : null;

    private static IMethodSymbol? Outermost(ISymbol symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;
        return symbol as IMethodSymbol;
    }

    private static string? Parameter(IMethodSymbol function)
    {
        foreach (var parameter in function.Parameters)
        {
            if (parameter.Type.IsToken() && parameter.RefKind == RefKind.None && parameter.Name != "_" && !parameter.IsDiscard)
                return parameter.Name;
        }

        return null;
    }

    /// <summary>A local of the block that holds a token before the call: the last one, which knows most.</summary>
    private static string? Local(IBlockOperation block, IOperation call)
    {
        string? found = null;
        foreach (var statement in block.Operations)
        {
            if (statement.Syntax.SpanStart >= call.Syntax.SpanStart)
                break;
            if (statement is not IVariableDeclarationGroupOperation group)
                continue;
            foreach (var declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
            {
                if (declarator.Symbol.Type.IsToken() && declarator.GetVariableInitializer()?.Value is { } value && CallBound.OfToken(value) != Bound.None)
                    found = declarator.Symbol.Name;
            }
        }

        return found;
    }

    /// <summary>The token that a parameter carries as a property, where the function reads it: <c>context.Aborted</c>.</summary>
    private static string? Carried(IMethodSymbol member, IOperation call)
    {
        foreach (var parameter in member.Parameters)
        {
            foreach (var property in parameter.Type.GetMembers())
            {
                if (property is IPropertySymbol { IsStatic: false } && property is IPropertySymbol { Type: var type } && type.IsToken()
                    && IsRead(call, parameter.Name, property.Name))
                {
                    return $"{parameter.Name}.{property.Name}";
                }
            }
        }

        return null;
    }

    /// <summary>A token, or the source of one, that the type keeps and the same member reads elsewhere.</summary>
    private static string? Field(IMethodSymbol member, IOperation call)
    {
        foreach (var field in member.ContainingType.GetMembers())
        {
            if ((field is IFieldSymbol { AssociatedSymbol: null, Type: var type } && (type.IsToken() || type.IsTokenSource()))
                && (!member.IsStatic || field.IsStatic) && IsRead(call, field.Name, member: null))
            {
                return type.IsToken() ? field.Name : field.Name + ".Token";
            }
        }

        return null;
    }

    private static bool IsRead(IOperation call, string name, string? member)
    {
        var around = call.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return around is not null && around.DescendantNodes().Any(node => member is null
            ? node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name
            : node is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } access && owner.Identifier.ValueText == name && access.Name.Identifier.ValueText == member);
    }
}
