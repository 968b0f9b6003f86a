using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown.Roots;

/// <summary>Members that stop an object and say so by their name alone.</summary>
internal static class StopNames
{
    /// <summary>What the catalog would say of them.</summary>
    public static ShutdownRoot Entry { get; } = new(default, RootForm.Member) { IsOfObject = true };

    public static bool MayBeStop(string name, WordLists lists)
    {
        if (lists.Of("stop-member-name").Contains(name))
            return true;
        var start = Told(name, lists);
        foreach (var word in lists.Of("stop-member"))
        {
            if (string.Compare(name, start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return true;
        }

        return false;
    }

    /// <summary>How much of a name says that somebody is told: <c>OnStopRequested</c>, <c>OnCloseMessage</c>. Who is told to stop answers when that is done.</summary>
    private static int Told(string name, WordLists lists)
    {
        foreach (var word in lists.Of("stop-member-told"))
        {
            if (name.StartsWith(word, StringComparison.Ordinal))
                return word.Length;
        }

        return 0;
    }

    /// <summary>A task that tells no more than whether: not <c>CloseSessionAsync(request)</c>, which answers.</summary>
    private static bool IsEnd(ITypeSymbol type) =>
        type.IsTask() && type is not INamedTypeSymbol { TypeArguments: [{ SpecialType: not SpecialType.System_Boolean }] };

    /// <summary>A verb, and nothing that it hands back but whether or when it is done: <c>CloseConnection()</c>, not <c>CloseTag(text)</c> that gives a string.</summary>
    public static bool IsStop(IMethodSymbol method, ResolvedCatalog catalog) =>
        catalog.Says(method.Name, NameSense.Stop)
        && (method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Boolean || IsEnd(method.ReturnType))
        && (catalog.Words.Of("stop-member-name").Contains(method.Name) || IsVerb(method, catalog.Words));

    private static bool IsVerb(IMethodSymbol method, WordLists lists)
    {
        var told = Told(method.Name, lists);
        var words = Words.Of(method.Name.Substring(told));
        return words.Count > 0 && lists.Of("stop-member").Contains(words[0]) && !(told == 0 && words.Skip(1).Any(word => !lists.Of("stop-member-how").Contains(word)) && method.Parameters.Any(IsStopped));
    }

    /// <summary>What is stopped is named, and handed in: <c>StopExecuting(action)</c> and <c>CloseSession(session)</c> belong to the life of the object.</summary>
    private static bool IsStopped(IParameterSymbol parameter) =>
        parameter.Type is { IsReferenceType: true, SpecialType: SpecialType.None, TypeKind: not TypeKind.Array } && !parameter.Type.IsException();
}
