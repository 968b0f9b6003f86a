using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Roots;

/// <summary>Finds the roots of shutdown paths: registrations among the operations, overrides and implementations among the members.</summary>
internal static class ShutdownRoots
{
    /// <summary>The root that the operation registers; null for almost every operation.</summary>
    public static Root? Registered(IOperation operation, ISymbol owner, ShutdownFacts facts)
    {
        switch (operation)
        {
            case IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: var member }, Syntax: AssignmentExpressionSyntax { Left: var place } } assignment
                when facts.Catalog.ShutdownRoots.Find(member) is { Form: RootForm.Event } entry:
                return new Root(entry, Display.Of(member), place.GetLocation(), owner, assignment.HandlerValue) { IsPress = entry.IsRepeated };
            case IInvocationOperation { TargetMethod: var method } call when facts.Catalog.ShutdownRoots.Find(method) is { Form: RootForm.Call } entry && MayBe(call, entry.Only):
                return new Root(entry, Display.Of(method), Callee(call), owner, Argument(call, entry.Handler)) { IsPress = entry.IsRepeated && MayBe(call, entry.Press) };
            case IInvocationOperation call when TokenRoot(call, facts) is { } token:
                return new Root(token.Root, token.Name, Callee(call), owner, Argument(call, 0));
            default:
                return null;
        }
    }

    /// <summary>The root that a method is by overriding or implementing it; null for almost every method.</summary>
    public static Root? Member(IMethodSymbol method, ShutdownFacts facts)
    {
        if (method.IsStatic || method.IsAbstract || Entry(method, facts) is not { Form: RootForm.Member } entry)
            return null;
        return new Root(entry, Display.Of(method), method.Locations[0], method, Handler: null);
    }

    /// <summary>The root that a method is by stopping the process or an object; members that say so by their name alone included.</summary>
    public static Root? Stopping(IMethodSymbol method, ShutdownFacts facts) =>
        Member(method, facts)
        ?? (method is { MethodKind: MethodKind.Ordinary, IsAbstract: false, TypeParameters.IsEmpty: true } && StopNames.IsStop(method, facts.Catalog)
            ? new Root(StopNames.Entry, Display.Of(method), method.Locations[0], method, Handler: null)
            : null);

    /// <summary>For a callback given to a token that is cancelled when the shutdown begins: which token that is.</summary>
    public static (ShutdownRoot Root, string Name)? TokenRoot(IInvocationOperation call, ShutdownFacts facts)
    {
        if (facts.Role(call.TargetMethod) != ShutdownRole.Register || call.Instance?.Unwrapped() is not { } token)
            return null;
        if (token is ILocalReferenceOperation local && Definitions.SingleValue(local) is { } value)
            token = value.Unwrapped();
        if (token is IConditionalAccessInstanceOperation instance && instance.Receiver() is { } receiver)
            token = receiver.Unwrapped();
        return token is IPropertyReferenceOperation { Property: var property } && facts.Catalog.ShutdownRoots.Find(property) is { Form: RootForm.Token } entry
            ? (entry, Display.Of(property))
            : null;
    }

    private static ShutdownRoot? Entry(IMethodSymbol method, ShutdownFacts facts)
    {
        foreach (var implemented in method.ExplicitInterfaceImplementations)
        {
            if (facts.Catalog.ShutdownRoots.Find(implemented) is { } found)
                return found;
        }

        var declared = method;
        while (declared.OverriddenMethod is { } overridden)
            declared = overridden;

        // An overload that a derived type adds carries the name, but nobody calls it.
        return facts.Catalog.ShutdownRoots.Find(declared) is { } entry
            && (declared.MethodKind == MethodKind.Destructor || declared.ContainingType.ToDisplayString() == entry.Name.Type || Implements(declared, entry))
                ? entry
                : null;
    }

    private static bool Implements(IMethodSymbol method, ShutdownRoot entry) =>
        method.ContainingType.AllInterfaces.Any(contract =>
            contract.ToDisplayString() == entry.Name.Type && contract.GetMembers(entry.Name.Member).Any(member =>
                SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method)));

    /// <summary>True when the argument has one of the values, cannot be read, or does not matter.</summary>
    private static bool MayBe(IInvocationOperation call, (int Argument, ImmutableArray<long> Values)? wanted) =>
        wanted is not { } one || ValueReader.Read(Argument(call, one.Argument)).Any(value => value.Number is not { } number || one.Values.Contains(number));

    private static IOperation? Argument(IInvocationOperation call, int ordinal) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value;

    private static Location Callee(IInvocationOperation call) => ((InvocationExpressionSyntax)call.Syntax).Expression.GetLocation();
}
