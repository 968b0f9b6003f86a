using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>
/// The bodies of functions, bound when they are asked for and not before: what no path reaches costs nothing. Not thread-safe; made
/// for one walk.
/// </summary>
internal sealed class Bodies
{
    private readonly Func<SyntaxTree, SemanticModel?> _models;
    private readonly Dictionary<ISymbol, IOperation?> _bodies = new(SymbolEqualityComparer.Default);

    private Bodies(Func<SyntaxTree, SemanticModel?> models, Dispatch dispatch)
    {
        _models = models;
        Dispatch = dispatch;
    }

    /// <summary>Which of the methods that are read here a call may run.</summary>
    public Dispatch Dispatch { get; }

    /// <summary>What stands in one file, by the semantic model that is there anyway: cheap enough for every keystroke.</summary>
    public static Bodies OfFile(SemanticModel model) => new(tree => tree == model.SyntaxTree ? model : null, Dispatch.OfFile(model));

    /// <summary>
    /// What stands in the whole compilation: for its end, never for a keystroke. Another project may be there as source, as in an editor; its
    /// files are not read.
    /// </summary>
#pragma warning disable RS1030 // Only functions that a shutdown reaches are bound, once per build.
    public static Bodies OfCompilation(Compilation compilation)
    {
        var models = new Dictionary<SyntaxTree, SemanticModel?>();
        return new(
            tree =>
            {
                if (!models.TryGetValue(tree, out var model))
                    models.Add(tree, model = compilation.ContainsSyntaxTree(tree) ? compilation.GetSemanticModel(tree) : null);
                return model;
            },
            Dispatch.OfCompilation(compilation));
    }
#pragma warning restore RS1030

    /// <summary>The body of a method, accessor or local function; null when it stands elsewhere or has none.</summary>
    public IOperation? Find(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (!_bodies.TryGetValue(method, out var body))
            _bodies[method] = body = Bind(method);
        return body;
    }

    /// <summary>What the fields and properties of a new object are given first, where that is more than a value.</summary>
    public IEnumerable<IOperation> Initializers(INamedTypeSymbol type)
    {
        foreach (var reference in type.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (_models(reference.SyntaxTree) is not { } model || reference.GetSyntax() is not TypeDeclarationSyntax declaration)
                continue;
            foreach (var initializer in declaration.Members.SelectMany(InitializersOf))
            {
                if (initializer.Value is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax && model.GetOperation(initializer) is { } operation)
                    yield return operation;
            }
        }
    }

    private static IEnumerable<EqualsValueClauseSyntax> InitializersOf(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field when !field.Modifiers.Any(SyntaxKind.StaticKeyword) => field.Declaration.Variables.Select(variable => variable.Initializer).OfType<EqualsValueClauseSyntax>(),
        PropertyDeclarationSyntax { Initializer: { } initializer } property when !property.Modifiers.Any(SyntaxKind.StaticKeyword) => new[] { initializer },
        _ => Enumerable.Empty<EqualsValueClauseSyntax>(),
    };

    /// <summary>What a delegate is made of: a lambda, or the body of a method; null when it comes from outside.</summary>
    public DelegateTarget? Target(IOperation handler) => Target(handler, depth: 0);

    private DelegateTarget? Target(IOperation handler, int depth)
    {
        const int MostSteps = 4; // A delegate handed through more variables than this does not occur by hand.
        if (depth > MostSteps)
            return null;

        switch (handler.Unwrapped())
        {
            case IAnonymousFunctionOperation lambda:
                return new DelegateTarget(lambda.Symbol, lambda.Body);
            case IMethodReferenceOperation { Method: var method }:
                return Find(method) is { } body ? new DelegateTarget(method, body) : null;
            case ILocalReferenceOperation local:
                return Definitions.SingleValue(local) is { } value ? Target(value, depth + 1) : null;
            case IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } or { IsReadOnly: true } } field:
                return SingleValue(field.Field) is { } single ? Target(single, depth + 1) : null;
            default:
                return null;
        }
    }

    private IOperation? Bind(IMethodSymbol method)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (_models(reference.SyntaxTree) is { } model && BodyOf(reference.GetSyntax()) is { } syntax)
                return model.GetOperation(syntax) is ILocalFunctionOperation function ? function.Body : model.GetOperation(syntax);
        }

        return null;
    }

    private static SyntaxNode? BodyOf(SyntaxNode declaration) => declaration switch
    {
        ConstructorDeclarationSyntax { Initializer: not null } => declaration, // With what the other constructor does.
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        ArrowExpressionClauseSyntax or LocalFunctionStatementSyntax or CompilationUnitSyntax => declaration,
        _ => null,
    };

    /// <summary>The one value that a field is ever given, null aside; null when there are none or several.</summary>
    private IOperation? SingleValue(IFieldSymbol field)
    {
        IOperation? single = null;
        foreach (var type in field.ContainingType.DeclaringSyntaxReferences)
        {
            if (_models(type.SyntaxTree) is not { } model)
                return null;
            foreach (var written in Written(type.GetSyntax(), field.Name))
            {
                if (model.GetOperation(written) is not { } value || !IsOf(value, field, model))
                    continue;
                if (value.Unwrapped().ConstantValue is { HasValue: true, Value: null })
                    continue;
                if (single is not null)
                    return null;
                single = value;
            }
        }

        return single;
    }

    /// <summary>The values that something of this name is given.</summary>
    private static IEnumerable<ExpressionSyntax> Written(SyntaxNode type, string name)
    {
        foreach (var node in type.DescendantNodes())
        {
            if (node is VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator && declarator.Identifier.ValueText == name)
                yield return initial;
            else if (node is AssignmentExpressionSyntax assignment && NameOf(assignment.Left) == name)
                yield return assignment.Right;
        }
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsOf(IOperation value, IFieldSymbol field, SemanticModel model)
    {
        var target = value.Syntax.FirstAncestorOrSelf<SyntaxNode>(node => node.Parent is AssignmentExpressionSyntax or EqualsValueClauseSyntax)?.Parent switch
        {
            AssignmentExpressionSyntax assignment => model.GetSymbolInfo(assignment.Left).Symbol,
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => model.GetDeclaredSymbol(declarator),
            _ => null,
        };
        return SymbolEqualityComparer.Default.Equals(target?.OriginalDefinition, field.OriginalDefinition);
    }
}

/// <summary>The function behind a delegate, and its body.</summary>
internal readonly record struct DelegateTarget(IMethodSymbol Method, IOperation Body);
