using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>A place where cleanup takes an empty variable for "there is nothing to give back". Told by syntax alone.</summary>
/// <param name="Variable">The variable that is looked at.</param>
/// <param name="Place">The test.</param>
/// <param name="WhenEmpty">True when the test holds for an empty variable, false when it holds for a full one; null when it is no test (<c>?.</c>).</param>
internal sealed record Look(ExpressionSyntax Variable, ExpressionSyntax Place, bool? WhenEmpty)
{
    /// <summary>The state that the variable is compared with: <c>State.Held</c>. It is that of an empty one, unless the acquisition writes it.</summary>
    public ExpressionSyntax? State { get; init; }

    /// <summary>The variable is a collection, and what is looked for are its elements.</summary>
    public bool IsOfElements { get; init; }

    public string Name => CallActions.NameOf(Variable)!;

    /// <summary>The looks of a function, one for each variable; those of functions inside it are not its own.</summary>
    public static IEnumerable<Look> In(SyntaxNode function)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Dictionary<string, ExpressionSyntax>? aliases = null;
        foreach (var node in function.OwnNodes())
        {
            if (node is VariableDeclaratorSyntax { Initializer.Value: var value } local && Variables(value) is { } behind)
                (aliases ??= new(StringComparer.Ordinal))[local.Identifier.ValueText] = behind;
            foreach (var look in At(node))
            {
                var found = aliases is not null && look.Variable is IdentifierNameSyntax && aliases.TryGetValue(look.Name, out var field) ? look with { Variable = field } : look;
                if (!IsPolled(found.Place) && seen.Add(found.Name))
                    yield return found;
            }
        }
    }

    private static IEnumerable<Look> At(SyntaxNode node)
    {
        switch (node)
        {
            case ConditionalAccessExpressionSyntax access when Variables(access.Expression) is { } variable:
                yield return new Look(variable, access, null);
                break;
            case BinaryExpressionSyntax { Left: var left, Right: var right } test when OfNumber(test.Kind(), right) is { } isEmpty && Plain(left) is { } variable:
                yield return new Look(variable, test, isEmpty);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression, Left: var left, Right: MemberAccessExpressionSyntax { Expression: SimpleNameSyntax } state } test
                when Plain(left) is { } variable:
                yield return new Look(variable, test, test.IsKind(SyntaxKind.EqualsExpression)) { State = state };
                break;
            case SwitchExpressionSyntax { GoverningExpression: var value, Arms: var arms } when Plain(value) is { } variable && arms.Any(arm => arm.Pattern is ConstantPatternSyntax { Expression: var constant } && IsNothing(constant)):
                yield return new Look(variable, (ExpressionSyntax)node, null);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } test
                when IsNothing(test.Right) ? Variables(test.Left) is { } : IsNothing(test.Left) && Variables(test.Right) is { }:
                yield return new Look((IsNothing(test.Right) ? Variables(test.Left) : Variables(test.Right))!, test, test.IsKind(SyntaxKind.EqualsExpression));
                break;
            case IsPatternExpressionSyntax test when WhenEmptyOf(test.Pattern) is { } whenEmpty && Variables(test.Expression) is { } variable:
                yield return new Look(variable, test, whenEmpty);
                break;
            case ForEachStatementSyntax { Expression: var elements } when Elements(elements) is { } variable:
                yield return new Look(variable, elements, null) { IsOfElements = true };
                break;
            case IfStatementSyntax { Condition: var condition }:
                foreach (var flag in Flags(condition, isNegated: false))
                    yield return flag;
                break;
        }
    }

    /// <summary><c>if (!_held)</c>, <c>if (_held &amp;&amp; …)</c>; whether it is a flag at all is asked when it is known to be one of interest.</summary>
    private static IEnumerable<Look> Flags(ExpressionSyntax condition, bool isNegated) => condition switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Flags(inner, isNegated),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var inner } => Flags(inner, !isNegated),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both => Flags(both.Left, isNegated).Concat(Flags(both.Right, isNegated)),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasValue", Expression: var value } when Plain(value) is { } variable => new[] { new Look(variable, condition, isNegated) },
        // if (!_held.TryRemove(name, out var lease)) return;
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var elements }, ArgumentList.Arguments: var arguments } call
            when Plain(elements) is { } variable && arguments.Any(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)) && CallActions.NameOf(call) is "Remove" or "TryRemove" or "TryGetValue" or "TryPop" or "TryDequeue" or "TryTake"
            => new[] { new Look(variable, condition, isNegated) { IsOfElements = true } },
        _ when Plain(condition) is { } flag => new[] { new Look(flag, flag, isNegated) },
        _ => Enumerable.Empty<Look>(),
    };

    /// <summary><c>_descriptor &lt; 0</c>, <c>_handle == IntPtr.Zero</c>: whether the test holds for an empty variable; null for all other comparisons.</summary>
    private static bool? OfNumber(SyntaxKind kind, ExpressionSyntax right)
    {
        var isMinus = right is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.ValueText: "1" } };
        var isZero = right is LiteralExpressionSyntax { Token.ValueText: "0" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" };
        return kind switch
        {
            SyntaxKind.EqualsExpression when isMinus || isZero => true,
            SyntaxKind.NotEqualsExpression when isMinus || isZero => false,
            SyntaxKind.LessThanExpression when isZero => true,
            SyntaxKind.LessThanOrEqualExpression when isZero => true,
            SyntaxKind.GreaterThanExpression when isMinus || isZero => false,
            SyntaxKind.GreaterThanOrEqualExpression when isZero => false,
            _ => null,
        };
    }

    private static bool? WhenEmptyOf(PatternSyntax pattern) => pattern switch
    {
        ParenthesizedPatternSyntax { Pattern: var inner } => WhenEmptyOf(inner),
        UnaryPatternSyntax { Pattern: var inner } => !WhenEmptyOf(inner),
        ConstantPatternSyntax { Expression: var constant } => IsNothing(constant) ? true : constant.IsKind(SyntaxKind.TrueLiteralExpression) ? false : null,
        RecursivePatternSyntax or DeclarationPatternSyntax => false,
        _ => null,
    };

    /// <summary><c>_lease</c>, <c>this._lease</c>, <c>Type._lease</c>, or what is swapped for nothing: <c>Interlocked.Exchange(ref _lease, null)</c>.</summary>
    private static ExpressionSyntax? Variables(ExpressionSyntax? value) => value switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Variables(inner),
        CastExpressionSyntax { Expression: var inner } => Variables(inner),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression, Left: var inner } => Variables(inner),
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } arguments } swap
            when CallActions.NameOf(swap) == "Exchange" && arguments[0].RefKindKeyword.IsKind(SyntaxKind.RefKeyword) && IsNothing(arguments[1].Expression) => Plain(arguments[0].Expression),
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } read
            when CallActions.NameOf(read) == "Read" && arguments[0].RefKindKeyword.IsKind(SyntaxKind.RefKeyword) => Plain(arguments[0].Expression),
        _ => Plain(value),
    };

    private static ExpressionSyntax? Plain(ExpressionSyntax? value) => value switch
    {
        IdentifierNameSyntax => value,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax, Name: IdentifierNameSyntax } => value,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var inner } => Plain(inner),
        _ => null,
    };

    /// <summary><c>_held</c>, <c>_held.Values</c>, <c>_held.ToArray()</c></summary>
    private static ExpressionSyntax? Elements(ExpressionSyntax value) => value switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" or "ToList", Expression: var inner }, ArgumentList.Arguments.Count: 0 } => Elements(inner),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Values", Expression: var inner } => Plain(inner),
        _ => Plain(value),
    };

    internal static bool IsNothing(ExpressionSyntax value) => value.Kind()
        is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression or SyntaxKind.DefaultExpression or SyntaxKind.FalseLiteralExpression;

    /// <summary>A loop that goes on until the variable is full, or empty, waits.</summary>
    private static bool IsPolled(SyntaxNode test)
    {
        for (var node = test; node.Parent is { } parent and not StatementSyntax; node = parent)
        {
        }

        return test.FirstAncestorOrSelf<StatementSyntax>() switch
        {
            WhileStatementSyntax loop => loop.Condition.Span.Contains(test.Span),
            DoStatementSyntax loop => loop.Condition.Span.Contains(test.Span),
            ForStatementSyntax => true,
            _ => false,
        };
    }
}
