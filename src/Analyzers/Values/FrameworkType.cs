using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Values;

/// <summary>What a type is to the language and the framework: told by name and namespace, for any compilation, without a look-up.</summary>
internal static class FrameworkType
{
    public static bool IsToken(this ITypeSymbol? type) =>
        type is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };

    public static bool IsTokenSource(this ITypeSymbol? type) =>
        type is { Name: "CancellationTokenSource", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };

    /// <summary><c>Task</c> or <c>ValueTask</c>, with or without a result.</summary>
    public static bool IsTask(this ITypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    public static bool IsAsyncSequence(this ITypeSymbol? type) =>
        type is { Name: "IAsyncEnumerable", ContainingNamespace: { Name: "Generic", ContainingNamespace.Name: "Collections" } };

    public static bool IsDuration(this ITypeSymbol? type) => type is { Name: "TimeSpan", ContainingNamespace.Name: "System" };

    public static bool IsInstant(this ITypeSymbol? type) =>
        type is { Name: "DateTime" or "DateTimeOffset", ContainingNamespace.Name: "System" };

    /// <summary>Declared under <c>System</c>.</summary>
    public static bool IsFromFramework(this INamedTypeSymbol type)
    {
        var current = type.ContainingNamespace;
        while (current is { ContainingNamespace: { IsGlobalNamespace: false } outer })
            current = outer;
        return current?.Name == "System";
    }

    public static bool IsException(this ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Exception", ContainingNamespace.Name: "System" })
                return true;
        }

        return false;
    }

    /// <summary>True for what must be disposed of, as a lock or an open store must.</summary>
    public static bool IsDisposable(this ITypeSymbol type) => Is(type) || type.AllInterfaces.Any(Is);

    /// <summary>The type itself, or the one that a nullable value type wraps.</summary>
    public static ITypeSymbol WithoutNullable(this ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } arguments }
            ? arguments[0]
            : type;

    /// <summary>What an await of the task gives; the type itself when it is no task with a result.</summary>
    public static ITypeSymbol WithoutTask(this ITypeSymbol type) =>
        type.IsTask() && type is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } ? arguments[0] : type;

    private static bool Is(ITypeSymbol type) =>
        type is { Name: "IDisposable" or "IAsyncDisposable", ContainingNamespace.Name: "System" };
}
