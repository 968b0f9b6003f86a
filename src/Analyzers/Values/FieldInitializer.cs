using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Values;

/// <summary>
/// The value that a static readonly field starts with and keeps. Only fields declared in the file that refers to them:
/// another file's semantic model would have to be made for it, at every keystroke.
/// </summary>
internal static class FieldInitializer
{
    public static IOperation? Find(IFieldSymbol field, IOperation reference)
    {
        if (!field.IsReadOnly || !field.IsStatic || reference.SemanticModel is not { } model || HasStaticConstructor(field.ContainingType))
            return null;

        foreach (var declaration in field.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree == model.SyntaxTree && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value })
                return model.GetOperation(value);
        }

        return null;
    }

    private static bool HasStaticConstructor(INamedTypeSymbol type)
    {
        foreach (var constructor in type.StaticConstructors)
        {
            if (!constructor.IsImplicitlyDeclared)
                return true;
        }

        return false;
    }
}
