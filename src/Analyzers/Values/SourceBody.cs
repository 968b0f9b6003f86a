using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Values;

/// <summary>The body of a method that is declared in the file at hand; another file's semantic model would have to be made for it.</summary>
internal static class SourceBody
{
    public static IOperation? Of(IMethodSymbol method, SemanticModel? model)
    {
        foreach (var declaration in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (model is not null && declaration.SyntaxTree == model.SyntaxTree
                && declaration.GetSyntax() is MethodDeclarationSyntax or LocalFunctionStatementSyntax
                && model.GetOperation(declaration.GetSyntax()) is { } body)
            {
                return body;
            }
        }

        return null;
    }
}
