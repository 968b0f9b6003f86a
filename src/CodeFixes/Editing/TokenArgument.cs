using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>A call that could take the token of the method around it.</summary>
internal sealed record TokenArgument(string Name, InvocationExpressionSyntax Call, InvocationExpressionSyntax Fixed)
{
    /// <summary>For the first additional location of the diagnostic; null when no overload takes the token there.</summary>
    public static TokenArgument? Find(FixSite site, MethodDeclarationSyntax method)
    {
        if (site.Diagnostic.AdditionalLocations.FirstOrDefault() is not { } place || place.SourceTree != method.SyntaxTree || !method.Span.Contains(place.SourceSpan)
            || method.SyntaxTree.GetRoot(site.Cancellation).FindNode(place.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call
            || call.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not null
            || site.Model.GetDeclaredSymbol(method, site.Cancellation)?.Parameters.FirstOrDefault(parameter => parameter.Type.IsToken()) is not { Name: not "_" } token)
        {
            return null;
        }

        return Find(site, call, token.Name);
    }

    /// <summary>The call with the token in place of one that is never cancelled, or behind its arguments; null when no overload takes it there.</summary>
    public static TokenArgument? Find(FixSite site, InvocationExpressionSyntax call, string token)
    {
        var value = ParseExpression(token);
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (site.Model.GetTypeInfo(argument.Expression, site.Cancellation).ConvertedType is { } type && type.IsToken())
                return new TokenArgument(token, call, call.ReplaceNode(argument.Expression, value.WithTriviaFrom(argument.Expression)));
        }

        var added = call.WithArgumentList(WithLast(call.ArgumentList, Argument(value)));
        return site.Model.GetSpeculativeSymbolInfo(call.SpanStart, added, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol overload
            && overload.Parameters.Any(parameter => parameter.Type.IsToken())
            ? new TokenArgument(token, call, added)
            : Named(site, call, value);
    }

    /// <summary>Where optional parameters stand before the token.</summary>
    private static TokenArgument? Named(FixSite site, InvocationExpressionSyntax call, ExpressionSyntax value) =>
        (site.Model.GetSymbolInfo(call, site.Cancellation).Symbol as IMethodSymbol)?.Parameters.FirstOrDefault(parameter => parameter.Type.IsToken()) is { } parameter
            ? new TokenArgument(value.ToString(), call, call.WithArgumentList(WithLast(call.ArgumentList, RuntimeCall.Named(parameter.Name, value))))
            : null;

    private static ArgumentListSyntax WithLast(ArgumentListSyntax list, ArgumentSyntax argument) =>
        list.Arguments.Count == 0
            ? list.AddArguments(argument)
            : list.WithArguments(SeparatedList(
                list.Arguments.Add(argument), list.Arguments.GetSeparators().Append(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space))));
}
