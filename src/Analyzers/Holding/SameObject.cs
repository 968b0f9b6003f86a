using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Holding;

/// <summary>
/// Whether two expressions mean the same object, as far as symbols tell: the same variable, or the same member of the same object.
/// What a call returns is never taken to be the same twice.
/// </summary>
internal static class SameObject
{
    public static bool Are(IOperation? left, IOperation? right)
    {
        left = Plain(left);
        right = Plain(right);
        return (left, right) switch
        {
            (null, null) => true,
            (IInstanceReferenceOperation, IInstanceReferenceOperation) => true,
            (ILocalReferenceOperation a, ILocalReferenceOperation b) => Equal(a.Local, b.Local),
            (IParameterReferenceOperation a, IParameterReferenceOperation b) => Equal(a.Parameter, b.Parameter),
            (IFieldReferenceOperation a, IFieldReferenceOperation b) => Equal(a.Field, b.Field) && Are(a.Instance, b.Instance),
            (IPropertyReferenceOperation a, IPropertyReferenceOperation b) =>
                Equal(a.Property, b.Property) && Are(a.Instance, b.Instance) && a.Arguments.Length == b.Arguments.Length
                && a.Arguments.Zip(b.Arguments, (x, y) => AreValues(x.Value, y.Value)).All(same => same),
            (IArrayElementReferenceOperation a, IArrayElementReferenceOperation b) =>
                Are(a.ArrayReference, b.ArrayReference) && a.Indices.Length == b.Indices.Length && a.Indices.Zip(b.Indices, AreValues).All(same => same),
            (ITypeOfOperation a, ITypeOfOperation b) => Equal(a.TypeOperand, b.TypeOperand),
            _ => false,
        };
    }

    private static bool AreValues(IOperation left, IOperation right) =>
        left.ConstantValue.HasValue || right.ConstantValue.HasValue
            ? left.ConstantValue.HasValue && right.ConstantValue.HasValue && Equals(left.ConstantValue.Value, right.ConstantValue.Value)
            : Are(left, right);

    private static IOperation? Plain(IOperation? operation)
    {
        operation = operation?.Unwrapped();
        return operation is IConditionalAccessInstanceOperation conditional ? conditional.Receiver()?.Unwrapped() : operation;
    }

    private static bool Equal(ISymbol left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
