using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>
/// Reads which values an expression may have: through constants, static readonly fields, locals, conversions, conditionals
/// and bit operations. What it cannot see is <see cref="Value.Unknown"/>, never a guess. Only called on places that already
/// look interesting, so it may take its time; it holds no state between calls, so it is safe in concurrent ones.
/// </summary>
internal sealed class ValueReader
{
    /// <summary>More values than this say no more than "unknown"; a real flag or time-out has one or two.</summary>
    private const int MostValues = 8;

    /// <summary>Deeper expressions are cut off as unknown: they do not occur by hand, and recursion must end.</summary>
    private const int MostDepth = 24;

    /// <summary>
    /// What one step to an assignment costs of <see cref="MostDepth"/>: each makes a flow graph, and <c>flags |= x</c> in a loop
    /// leads back to itself.
    /// </summary>
    private const int AssignmentDepth = 8;

    private static readonly ImmutableArray<Value> UnknownOnly = ImmutableArray.Create(Value.Unknown);

    /// <summary>The usual reader: what a parameter is given, only the callers know.</summary>
    public static readonly ValueReader Plain = new(static _ => default);

    private readonly Func<IParameterSymbol, ImmutableArray<Value>> _given;

    /// <param name="given">The values that a parameter is given, as one call has it; default where that is not known.</param>
    public ValueReader(Func<IParameterSymbol, ImmutableArray<Value>> given) => _given = given;

    public static ImmutableArray<Value> Read(IOperation? operation) => Plain.ValuesOf(operation);

    /// <summary>The one value the expression has, or <see cref="Value.Unknown"/>.</summary>
    public static Value ReadSingle(IOperation? operation) => Plain.ValueOf(operation);

    public ImmutableArray<Value> ValuesOf(IOperation? operation) => Read(operation, 0);

    /// <summary>The one value the expression has, or <see cref="Value.Unknown"/>.</summary>
    public Value ValueOf(IOperation? operation) => ReadSingle(operation, 0);

    private Value ReadSingle(IOperation? operation, int depth) =>
        Read(operation, depth) is { Length: 1 } values ? values[0] : Value.Unknown;

    private ImmutableArray<Value> Read(IOperation? operation, int depth)
    {
        if (operation is null || depth > MostDepth)
            return UnknownOnly;
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
            return One(OfConstant(constant));

        return operation switch
        {
            IParenthesizedOperation parenthesized => Read(parenthesized.Operand, depth + 1),
            IConversionOperation { OperatorMethod: null } conversion => Convert(conversion, depth),
            IBinaryOperation binary => Combine(binary.OperatorKind, Read(binary.LeftOperand, depth + 1), Read(binary.RightOperand, depth + 1)),
            IUnaryOperation unary => Apply(unary, depth),
            IConditionalOperation { WhenFalse: not null } conditional => Choose(conditional, depth),
            ISwitchExpressionOperation chosen => Union(chosen.Arms.Select(arm => Read(arm.Value, depth + 1))),
            ICoalesceOperation coalesce => Coalesce(coalesce, depth),
            IDefaultValueOperation { Type: { } type } => One(DefaultOf(type)),
            IObjectCreationOperation { Arguments.IsEmpty: true, Type: { IsValueType: true } type } => One(DefaultOf(type)),
            IObjectCreationOperation creation => One(OfCreation(creation, depth)),
            ILocalReferenceOperation local => ReadLocal(local, depth),
            IFieldReferenceOperation field => ReadField(field.Field, operation, depth),
            IParameterReferenceOperation { Parameter: var parameter } => _given(parameter) is { IsDefault: false } given ? given : UnknownOnly,
            IPropertyReferenceOperation property => ReadProperty(property, depth),
            IIsPatternOperation { Pattern: var pattern } test => Map(Read(test.Value, depth + 1), value => Comparison.Of(value, pattern)),
            IInvocationOperation call => One(OfCall(call, depth)),
            _ => UnknownOnly,
        };
    }

    private ImmutableArray<Value> ReadLocal(ILocalReferenceOperation local, int depth)
    {
        if (local.Local.HasConstantValue)
            return One(OfConstant(local.Local.ConstantValue));

        var definitions = Definitions.Reaching(local);
        return definitions.IsDefault ? UnknownOnly : Union(definitions.Select(definition => ReadDefinition(definition, depth + AssignmentDepth)));
    }

    private ImmutableArray<Value> ReadDefinition(IOperation definition, int depth) => definition switch
    {
        ICompoundAssignmentOperation compound =>
            Combine(compound.OperatorKind, Read(compound.Target, depth + 1), Read(compound.Value, depth + 1)),
        ISimpleAssignmentOperation simple => Read(simple.Value, depth + 1),
        IVariableDeclaratorOperation declarator => Read(declarator.GetVariableInitializer()?.Value, depth + 1),
        _ => UnknownOnly,
    };

    private ImmutableArray<Value> ReadField(IFieldSymbol field, IOperation reference, int depth)
    {
        if (field is { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" })
            return One(Value.Of(Timeout.InfiniteTimeSpan));
        if (field is { Name: "Zero", ContainingType.SpecialType: SpecialType.None, ContainingType.Name: "TimeSpan" })
            return One(Value.Of(TimeSpan.Zero));
        if (field is { Name: "Zero", ContainingType.SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr })
            return One(Value.Of(0));
        return FieldInitializer.Find(field, reference) is { } initializer ? Read(initializer, depth + 1) : UnknownOnly;
    }

    private ImmutableArray<Value> ReadProperty(IPropertyReferenceOperation property, int depth) => property.Property switch
    {
        { Name: "None", ContainingType.Name: "CancellationToken" } => One(Value.NeverCancelled),
        { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => Read(property.Instance, depth + 1),
        { Name: "HasValue", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } =>
            Map(Read(property.Instance, depth + 1), value => value.Kind == ValueKind.Unknown ? value : Value.Of(value.Kind == ValueKind.Null ? 0 : 1)),
        { Name: "TotalMilliseconds", ContainingType: { } type } when type.IsDuration() =>
            Map(Read(property.Instance, depth + 1), value => value.Duration is { } time ? Value.Of(time.Ticks / TimeSpan.TicksPerMillisecond) : Value.Unknown),
        _ => UnknownOnly,
    };

    private ImmutableArray<Value> Convert(IConversionOperation conversion, int depth)
    {
        var values = Read(conversion.Operand, depth + 1);
        return Width(conversion.Type) is { } to && Width(conversion.Operand.Type) is { } from && to.Bits < from.Bits
            ? values.Select(value => value.Number is { } number ? Value.Of(Narrow(number, to)) : value).ToImmutableArray()
            : values;
    }

    private static long Narrow(long number, (int Bits, bool IsSigned) to)
    {
        var shift = 64 - to.Bits;
        return to.IsSigned ? number << shift >> shift : (long)((ulong)number << shift >> shift);
    }

    private static (int Bits, bool IsSigned)? Width(ITypeSymbol? type) =>
        (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : type)?.SpecialType switch
        {
            SpecialType.System_SByte => (8, true),
            SpecialType.System_Byte => (8, false),
            SpecialType.System_Int16 => (16, true),
            SpecialType.System_UInt16 => (16, false),
            SpecialType.System_Int32 => (32, true),
            SpecialType.System_UInt32 => (32, false),
            SpecialType.System_Int64 or SpecialType.System_IntPtr => (64, true),
            SpecialType.System_UInt64 or SpecialType.System_UIntPtr => (64, false),
            _ => null,
        };

    private ImmutableArray<Value> Apply(IUnaryOperation unary, int depth) => unary.OperatorKind switch
    {
        UnaryOperatorKind.BitwiseNegation => Map(Read(unary.Operand, depth + 1), value => ~value),
        UnaryOperatorKind.Not => Map(Read(unary.Operand, depth + 1), value => value.Boolean is { } b ? Value.Of(b ? 0 : 1) : Value.Unknown),
        UnaryOperatorKind.Minus => Map(Read(unary.Operand, depth + 1), value => value.Number is { } n ? Value.Of(-n) : Value.Unknown),
        UnaryOperatorKind.Plus => Read(unary.Operand, depth + 1),
        _ => UnknownOnly,
    };

    private ImmutableArray<Value> Choose(IConditionalOperation conditional, int depth) =>
        ReadSingle(conditional.Condition, depth + 1).Boolean is { } isTrue
            ? Read(isTrue ? conditional.WhenTrue : conditional.WhenFalse, depth + 1)
            : Union(new[] { Read(conditional.WhenTrue, depth + 1), Read(conditional.WhenFalse, depth + 1) });

    private ImmutableArray<Value> Coalesce(ICoalesceOperation coalesce, int depth)
    {
        var left = Read(coalesce.Value, depth + 1).RemoveAll(value => value.Kind == ValueKind.Null);
        return left.IsEmpty ? Read(coalesce.WhenNull, depth + 1) : Union(new[] { left, Read(coalesce.WhenNull, depth + 1) });
    }

    private static ImmutableArray<Value> Combine(BinaryOperatorKind kind, ImmutableArray<Value> left, ImmutableArray<Value> right) =>
        kind switch
        {
            BinaryOperatorKind.Or => Pairs(left, right, (l, r) => l | r),
            BinaryOperatorKind.And => Pairs(left, right, (l, r) => l & r),
            BinaryOperatorKind.ExclusiveOr => Pairs(left, right, (l, r) => l ^ r),
            BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => Pairs(left, right, (l, r) => Comparison.Of(kind, l, r)),
            BinaryOperatorKind.Add => Pairs(left, right, (l, r) => l.Number + r.Number is { } sum ? Value.Of(sum) : Value.Unknown),
            _ => UnknownOnly,
        };

    private Value OfCreation(IObjectCreationOperation creation, int depth) => creation.Type?.Name switch
    {
        "CancellationToken" when creation.Arguments.Length == 1 && Number(creation.Arguments[0], depth) == 0 => Value.NeverCancelled,
        "TimeSpan" => Durations.Of(creation.Arguments, unit: null, operation => ReadSingle(operation, depth + 1)),
        _ => Value.Unknown,
    };

    /// <summary>A factory of <see cref="TimeSpan"/>.</summary>
    private Value OfCall(IInvocationOperation call, int depth) =>
        call.TargetMethod is { IsStatic: true, ContainingType.Name: "TimeSpan" } method && method.Name.StartsWith("From", StringComparison.Ordinal)
            ? Durations.Of(call.Arguments, method.Name.Substring("From".Length), operation => ReadSingle(operation, depth + 1))
            : Value.Unknown;

    private long? Number(IArgumentOperation argument, int depth) =>
        Read(argument.Value, depth + 1) is { Length: 1 } values ? values[0].Number : null;

    private static Value OfConstant(object? constant) => constant switch
    {
        null => Value.Null,
        bool b => Value.Of(b ? 1 : 0),
        char c => Value.Of(c),
        ulong u => Value.Of(unchecked((long)u)),
        double d when Math.Abs(d) < int.MaxValue && Math.Floor(d) == d => Value.Of((long)d),
        sbyte or byte or short or ushort or int or uint or long => Value.Of(System.Convert.ToInt64(constant)),
        _ => Value.Unknown,
    };

    /// <summary>The value of a parameter that a call leaves out.</summary>
    public static Value DefaultOf(IParameterSymbol optional) =>
        optional.ExplicitDefaultValue is { } constant ? OfConstant(constant) : DefaultOf(optional.Type);

    private static Value DefaultOf(ITypeSymbol type) => type switch
    {
        { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => Value.Null,
        { Name: "CancellationToken" } => Value.NeverCancelled,
        { Name: "TimeSpan" } => Value.Of(TimeSpan.Zero),
        { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean } => Value.Of(0),
        _ => Width(type) is null ? Value.Unknown : Value.Of(0),
    };

    private static ImmutableArray<Value> One(Value value) => value == Value.Unknown ? UnknownOnly : ImmutableArray.Create(value);

    private static ImmutableArray<Value> Map(ImmutableArray<Value> values, Func<Value, Value> map) => Limit(values.Select(map));

    private static ImmutableArray<Value> Pairs(ImmutableArray<Value> left, ImmutableArray<Value> right, Func<Value, Value, Value> combine) =>
        Limit(from l in left from r in right select combine(l, r));

    private static ImmutableArray<Value> Union(IEnumerable<ImmutableArray<Value>> parts) => Limit(parts.SelectMany(part => part));

    private static ImmutableArray<Value> Limit(IEnumerable<Value> values)
    {
        var distinct = values.Distinct().Take(MostValues + 1).ToImmutableArray();
        return distinct.Length is 0 or > MostValues ? UnknownOnly : distinct;
    }
}
