using LockAnalyzers.Bounds;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>A call of a wait with its own time-out set, and with the token that is at hand.</summary>
internal static class BoundedCall
{
    /// <summary>
    /// Null when neither the member nor an overload with the same result takes a time-out there. What was given stays; an infinite
    /// time-out is replaced.
    /// </summary>
    public static InvocationExpressionSyntax? WithTimeout(FixSite site, IInvocationOperation call, string? token)
    {
        if (call.Syntax is not InvocationExpressionSyntax invocation)
            return null;

        var given = call.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Syntax is ArgumentSyntax).ToList();
        foreach (var method in Candidates(call.TargetMethod, given))
        {
            var fixedCall = invocation.WithArgumentList(Arguments(site, invocation.ArgumentList, given, method, token));
            if (site.Model.GetSpeculativeSymbolInfo(invocation.SpanStart, fixedCall, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol bound
                && Original(bound).Parameters.Any(IsTimeout))
            {
                return fixedCall;
            }
        }

        return null;
    }

    /// <summary>The member itself, then its overloads with a time-out; a duration goes before a number.</summary>
    private static IEnumerable<IMethodSymbol> Candidates(IMethodSymbol called, List<IArgumentOperation> given) =>
        called.Parameters.Any(IsTimeout)
            ? new[] { called }
            : called.ContainingType.GetMembers(called.Name).OfType<IMethodSymbol>()
                .Where(other => other.IsStatic == called.IsStatic && other.Arity == called.Arity && other.Parameters.Any(IsTimeout)
                    && SymbolEqualityComparer.Default.Equals(other.ReturnType, called.ReturnType)
                    && given.All(argument => other.Parameters.Any(parameter =>
                        parameter.Name == argument.Parameter!.Name && SymbolEqualityComparer.Default.Equals(parameter.Type.OriginalDefinition, argument.Parameter.Type.OriginalDefinition)))
                    && other.Parameters.All(parameter => parameter.IsOptional || IsTimeout(parameter) || parameter.Type.IsToken() || given.Any(argument => argument.Parameter!.Name == parameter.Name)
                        || (other.IsExtensionMethod && parameter.Ordinal == 0)))
                .OrderBy(other => other.Parameters.First(IsTimeout).Type.WithoutNullable().IsDuration() ? 0 : 1)
                .ThenBy(other => other.Parameters.Length);

    private static ArgumentListSyntax Arguments(FixSite site, ArgumentListSyntax old, List<IArgumentOperation> given, IMethodSymbol method, string? token)
    {
        var timeout = method.Parameters.First(IsTimeout);
        var tokenParameter = method.Parameters.FirstOrDefault(parameter => parameter.Type.IsToken());
        var replaced = old.ReplaceNodes(
            given.Select(argument => ((ArgumentSyntax)argument.Syntax).Expression),
            (expression, _) => Value(given.First(argument => ((ArgumentSyntax)argument.Syntax).Expression == expression).Parameter!) is { } value
                ? value.WithTriviaFrom(expression)
                : expression);
        var list = Given(timeout) ? replaced : Add(replaced, method, timeout, Value(timeout)!);
        return tokenParameter is null || Given(tokenParameter) || Value(tokenParameter) is not { } last ? list : Add(list, method, tokenParameter, last);

        ExpressionSyntax? Value(IParameterSymbol parameter) =>
            parameter.Type.IsToken() ? token is null ? null : ParseExpression(token)
            : IsTimeout(parameter) ? OwnTimeout.TenSeconds(site, parameter.Type, parameter.Name)
            : null;

        bool Given(IParameterSymbol parameter) => given.Exists(argument => argument.Parameter!.Name == parameter.Name);
    }

    /// <summary>In its place where all before it are given by place; else by name at the end. An optional parameter is always named.</summary>
    private static ArgumentListSyntax Add(ArgumentListSyntax list, IMethodSymbol method, IParameterSymbol parameter, ExpressionSyntax value)
    {
        var place = method.IsExtensionMethod && method.ReducedFrom is null ? parameter.Ordinal - 1 : parameter.Ordinal;
        var isByPlace = place <= list.Arguments.Count && list.Arguments.Take(place).All(argument => argument.NameColon is null) && !parameter.IsOptional;
        var argument = isByPlace ? Argument(value) : RuntimeCall.Named(parameter.Name, value);
        if (list.Arguments.Count == 0)
            return list.AddArguments(argument);
        if (isByPlace && place < list.Arguments.Count)
        {
            var next = list.Arguments[place];
            return list.WithArguments(list.Arguments.Replace(next, next.WithoutLeadingTrivia()).Insert(place, argument.WithLeadingTrivia(next.GetLeadingTrivia())).WithBlanks());
        }

        return list.WithArguments(list.Arguments.Add(argument).WithBlanks());
    }

    /// <summary>A blank behind each comma that has none.</summary>
    private static SeparatedSyntaxList<ArgumentSyntax> WithBlanks(this SeparatedSyntaxList<ArgumentSyntax> arguments) =>
        SeparatedList(arguments, arguments.GetSeparators().Select(comma => comma.HasTrailingTrivia ? comma : comma.WithTrailingTrivia(Space)));

    private static IMethodSymbol Original(IMethodSymbol method) => method.ReducedFrom ?? method;

    private static bool IsTimeout(IParameterSymbol parameter) =>
        CallBound.IsTimeout(parameter.Type, parameter.Name) && !parameter.Type.WithoutNullable().IsInstant();
}
