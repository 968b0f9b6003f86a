using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Tokens;

/// <summary>Whether a method takes a token, itself or as an overload with one parameter more.</summary>
internal static class TokenOverload
{
    public static bool Exists(IMethodSymbol method)
    {
        method = method.ReducedFrom ?? method;
        if (TakesToken(method))
            return true;

        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers(method.Name))
            {
                if (member is IMethodSymbol other && IsLonger(method, other) && SymbolEqualityComparer.Default.Equals(other.ReturnType.OriginalDefinition, method.ReturnType.OriginalDefinition))
                    return true;
            }
        }

        return false;
    }

    private static bool TakesToken(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.IsToken())
                return true;
        }

        return false;
    }

    /// <summary>The same parameters and then a token; what follows it is optional.</summary>
    private static bool IsLonger(IMethodSymbol method, IMethodSymbol other)
    {
        var count = method.Parameters.Length;
        if (other.Parameters.Length <= count || other.IsStatic != method.IsStatic || !other.Parameters[count].Type.IsToken())
            return false;
        for (var i = 0; i < other.Parameters.Length; i++)
        {
            if (i < count
                ? !SymbolEqualityComparer.Default.Equals(other.Parameters[i].Type, method.Parameters[i].Type)
                : i > count && !other.Parameters[i].IsOptional)
            {
                return false;
            }
        }

        return true;
    }
}
