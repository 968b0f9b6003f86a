using System.Collections.Immutable;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>
/// The expressions that an object may come from: through locals, conditionals, fields and properties, and methods that only
/// return it. As far as the file at hand tells: another file's semantic model would have to be made for more, at every keystroke.
/// What cannot be followed (a parameter, a call of another library) stands for itself.
/// </summary>
internal static class Origins
{
    /// <summary>An object handed through more variables than this does not occur by hand, and recursion must end.</summary>
    private const int MostSteps = 8;

    public static ImmutableArray<IOperation> Of(IOperation value)
    {
        var found = ImmutableArray.CreateBuilder<IOperation>();
        Collect(value, found, new HashSet<SyntaxNode>(), 0);
        return found.ToImmutable();
    }

    private static void Collect(IOperation value, ImmutableArray<IOperation>.Builder found, HashSet<SyntaxNode> seen, int steps)
    {
        value = value.Unwrapped();
        if (!seen.Add(value.Syntax))
            return; // Reached on two ways, or by a helper that calls itself.
        foreach (var source in steps < MostSteps ? Sources(value) : ImmutableArray<IOperation>.Empty)
        {
            if (source == value)
                found.Add(value);
            else
                Collect(source, found, seen, steps + 1);
        }
    }

    private static IEnumerable<IOperation> Sources(IOperation value)
    {
        IEnumerable<IOperation> sources = value switch
        {
            IConditionalOperation { WhenFalse: { } otherwise } conditional => new[] { conditional.WhenTrue, otherwise },
            ICoalesceOperation coalesce => new[] { coalesce.Value, coalesce.WhenNull },
            ICoalesceAssignmentOperation assignment => new[] { assignment.Target, assignment.Value },
            ISimpleAssignmentOperation assignment => new[] { assignment.Value },
            ISwitchExpressionOperation chosen => chosen.Arms.Select(arm => arm.Value),
            IConditionalAccessInstanceOperation instance when instance.Receiver() is { } receiver => new[] { receiver },
            ILocalReferenceOperation local => OfLocal(local),
            IFieldReferenceOperation { Field.AssociatedSymbol: IPropertySymbol property } => Written(property, value), // The keyword `field`.
            IFieldReferenceOperation or IPropertyReferenceOperation => Written(((IMemberReferenceOperation)value).Member, value),
            IParameterReferenceOperation parameter => Given(parameter),
            IInvocationOperation { TargetMethod: { IsVirtual: false, IsOverride: false, IsAbstract: false } method } => Returned(method, value),
            _ => Enumerable.Empty<IOperation>(),
        };
        return sources.DefaultIfEmpty(value);
    }

    private static IEnumerable<IOperation> OfLocal(ILocalReferenceOperation local)
    {
        var definitions = Definitions.Reaching(local);
        return definitions.IsDefault ? Written(local.Local, local) : definitions.Select(definition => definition switch
        {
            IVariableDeclaratorOperation declarator => declarator.GetVariableInitializer()!.Value,
            IAssignmentOperation assignment => assignment.Value,
            _ => definition,
        });
    }

    /// <summary>Everything that a variable is given where it is declared and in the type, or member, around it.</summary>
    private static IEnumerable<IOperation> Written(ISymbol variable, IOperation use)
    {
        if (use.SemanticModel is not { } model)
            yield break;
        foreach (var declaration in variable.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree != model.SyntaxTree)
                continue;
            var syntax = declaration.GetSyntax();
            if (OfDeclaration(syntax) is { } initial && model.GetOperation(initial) is { } value)
                yield return value;
            if (syntax is PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } && accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration)) is { } getter)
            {
                foreach (var returned in Returned(getter.Body, getter.ExpressionBody, model))
                    yield return returned;
            }

            SyntaxNode? scope = variable is ILocalSymbol ? syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() : syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>();
            foreach (var name in scope is null ? Enumerable.Empty<IdentifierNameSyntax>() : Mentions.OfIdentifier(variable.Name, scope))
            {
                if (WrittenBy(name) is { } write && model.GetOperation(write) is { } written
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, variable))
                {
                    yield return written;
                }
            }
        }
    }

    private static SyntaxNode? OfDeclaration(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
        SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax argument } } => argument,
        _ => null,
    };

    private static SyntaxNode? WrittenBy(IdentifierNameSyntax name)
    {
        ExpressionSyntax target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return target.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == target && !assignment.Right.IsKind(SyntaxKind.NullLiteralExpression) => assignment.Right,
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword } argument => argument,
            _ => null,
        };
    }

    /// <summary>What a helper is given by its callers in the type around it.</summary>
    private static IEnumerable<IOperation> Given(IParameterReferenceOperation use)
    {
        if (use.SemanticModel is not { } model || use.Parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
            || use.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            yield break;
        }

        foreach (var call in type.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (CallActions.NameOf(call) == method.Name && model.GetOperation(call) is IInvocationOperation made
                && SymbolEqualityComparer.Default.Equals(made.TargetMethod.OriginalDefinition, method)
                && made.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == use.Parameter.Ordinal) is { } given)
            {
                yield return given.Value;
            }
        }
    }

    /// <summary>What a method of the file at hand returns.</summary>
    private static IEnumerable<IOperation> Returned(IMethodSymbol method, IOperation use)
    {
        if (use.SemanticModel is not { } model || method.DeclaringSyntaxReferences.FirstOrDefault() is not { } declaration || declaration.SyntaxTree != model.SyntaxTree)
            yield break;
        var (body, arrow) = declaration.GetSyntax() switch
        {
            MethodDeclarationSyntax member => (member.Body, member.ExpressionBody),
            LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody),
            _ => default,
        };
        foreach (var returned in Returned(body, arrow, model))
            yield return returned;
    }

    private static IEnumerable<IOperation> Returned(BlockSyntax? body, ArrowExpressionClauseSyntax? arrow, SemanticModel model)
    {
        if (arrow is not null && model.GetOperation(arrow.Expression) is { } single)
            yield return single;
        foreach (var statement in body?.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>()
            ?? Enumerable.Empty<ReturnStatementSyntax>())
        {
            if (statement.Expression is { } value && model.GetOperation(value) is { } returned)
                yield return returned;
        }
    }
}
