using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>The parameter by which a handler decides whether a signal ends the process.</summary>
internal sealed class SignalArgument
{
    private readonly int _position;
    private readonly string _name;
    private readonly string _property;

    private SignalArgument(int position, string name, string property)
    {
        _position = position;
        _name = name;
        _property = property;
    }

    /// <summary>Null for a function that declares no parameters, or that means something by <c>_</c>.</summary>
    public static SignalArgument? Find(FixSite site, SyntaxNode function, ResolvedCatalog catalog)
    {
        var declared = Parameters(function);
        for (var position = 0; position < declared.Count; position++)
        {
            if (site.Model.GetDeclaredSymbol(declared[position], site.Cancellation) is not { Type: INamedTypeSymbol type } parameter
                || type.GetMembers().FirstOrDefault(member => catalog.Role(member) == ShutdownRole.Keep) is not { } property)
            {
                continue;
            }

            var isDiscard = parameter.Name == "_";
            if (isDiscard && function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == "_"))
                return null;
            var name = isDiscard ? NewName.In(function, type.Name.EndsWith("EventArgs", StringComparison.Ordinal) ? "e" : "context") : parameter.Name;
            return new SignalArgument(position, name, property.Name);
        }

        return null;
    }

    /// <summary>The function with <c>e.Cancel = value;</c> in front, and with a name for the parameter.</summary>
    public SyntaxNode SetFirst(SyntaxNode function, string value)
    {
        var parameter = Parameters(function)[_position];
        function = function.ReplaceNode(parameter, parameter.WithIdentifier(Identifier(_name).WithTriviaFrom(parameter.Identifier)));
        return FirstStatement.Insert(function, ParseStatement($"{_name}.{_property} = {value};"));
    }

    private static IReadOnlyList<ParameterSyntax> Parameters(SyntaxNode function) => function switch
    {
        SimpleLambdaExpressionSyntax lambda => new[] { lambda.Parameter },
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters,
        AnonymousMethodExpressionSyntax { ParameterList: { } list } => list.Parameters,
        BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
        LocalFunctionStatementSyntax local => local.ParameterList.Parameters,
        _ => Array.Empty<ParameterSyntax>(),
    };
}
