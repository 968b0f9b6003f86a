using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>The functions that a construct runs although no call is written: constructors, operators, what a using or a foreach ends with.</summary>
internal static class HiddenCalls
{
    public static IEnumerable<IMethodSymbol> Of(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Constructor: { } constructor } => Constructors(constructor),
        IUsingOperation { Resources: var resources } scope => Types(resources).SelectMany(type => Disposal(type, scope.IsAsynchronous)),
        IUsingDeclarationOperation { DeclarationGroup: var declarations } scope => Types(declarations).SelectMany(type => Disposal(type, scope.IsAsynchronous)),
        IForEachLoopOperation { SemanticModel: { } model, Syntax: CommonForEachStatementSyntax loop } => Enumeration(model.GetForEachStatementInfo(loop)),
        IBinaryOperation { OperatorMethod: { } method } => One(method),
        IUnaryOperation { OperatorMethod: { } method } => One(method),
        IConversionOperation { OperatorMethod: { } method } => One(method),
        ICompoundAssignmentOperation { OperatorMethod: { } method } => One(method),
        IIncrementOrDecrementOperation { OperatorMethod: { } method } => One(method),
        _ => Enumerable.Empty<IMethodSymbol>(),
    };

    /// <summary>A constructor, and those of the base types that it calls without saying so.</summary>
    private static IEnumerable<IMethodSymbol> Constructors(IMethodSymbol constructor)
    {
        for (var current = constructor; current is not null; current = CallsAnother(current) ? null : Parameterless(current.ContainingType.BaseType))
            yield return current;
    }

    private static bool CallsAnother(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is ConstructorDeclarationSyntax { Initializer: not null });

    private static IMethodSymbol? Parameterless(INamedTypeSymbol? type) => type?.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.IsEmpty);

    private static IEnumerable<INamedTypeSymbol> Types(IOperation resources) =>
        resources is IVariableDeclarationGroupOperation group
            ? group.Declarations.SelectMany(declaration => declaration.Declarators).Select(declarator => declarator.Symbol.Type).OfType<INamedTypeSymbol>()
            : new[] { resources.Unwrapped().Type }.OfType<INamedTypeSymbol>();

    private static IEnumerable<IMethodSymbol> Disposal(INamedTypeSymbol type, bool isAsynchronous)
    {
        var name = isAsynchronous ? "DisposeAsync" : "Dispose";
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.IsEmpty) is { } dispose)
                return One(dispose);
        }

        return Enumerable.Empty<IMethodSymbol>();
    }

    private static IEnumerable<IMethodSymbol> Enumeration(ForEachStatementInfo loop)
    {
        var steps = new[] { loop.GetEnumeratorMethod, loop.MoveNextMethod, loop.CurrentProperty?.GetMethod }.OfType<IMethodSymbol>();
        return loop.GetEnumeratorMethod?.ReturnType is INamedTypeSymbol enumerator ? steps.Concat(Disposal(enumerator, loop.IsAsynchronous)) : steps;
    }

    private static IEnumerable<IMethodSymbol> One(IMethodSymbol method) => new[] { method };
}
