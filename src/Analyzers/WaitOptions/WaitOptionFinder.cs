using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.WaitOptions;

/// <summary>Recognises an option that is switched to "wait" on an API that is about locks.</summary>
internal sealed class WaitOptionFinder
{
    private readonly ResolvedCatalog _catalog;
    private readonly Vocabulary _vocabulary;

    public WaitOptionFinder(ResolvedCatalog catalog)
    {
        _catalog = catalog;
        _vocabulary = catalog.Vocabulary;
    }

    /// <summary>True for a name that may be an option's, or an enum member's that is one.</summary>
    public bool IsOption(string name) => _catalog.Says(name, NameSense.WaitOption);

    /// <summary>The question that is asked first of each call.</summary>
    /// <param name="declared">Names of methods and types in the compilation that take an option.</param>
    public OptionSyntax Syntax(ImmutableHashSet<string> declared) =>
        new(name => _catalog.Says(name, NameSense.WaitOption | NameSense.Lock) || declared.Contains(name) || _catalog.WaitOptions.HasName(name), IsOption);

    /// <summary>
    /// Whether a call of the method may switch an option on: it has a parameter that is named for one, or is of an enum that has
    /// one, or its own name is one. False for almost every method, and cheap to answer.
    /// </summary>
    public bool MaySwitchOn(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (MayCarryOption(parameter.Type) && (IsOption(parameter.Name) || HasOption(parameter.Type)))
                return true;
        }

        return _catalog.WaitOptions.Find(method.ReducedFrom ?? method) is not null || _vocabulary.WaitsWhen(method.Name) == true;
    }

    /// <summary>The option that the operation switches on; null when it switches none, or none of a lock.</summary>
    public WaitOptionUse? Find(IOperation operation) => operation switch
    {
        IInvocationOperation call => InArguments(call, call.TargetMethod, call.Arguments) ?? Fluent(call),
        IObjectCreationOperation { Constructor: { } constructor } creation => InArguments(creation, constructor, creation.Arguments),
        ISimpleAssignmentOperation assignment => Assigned(assignment),
        _ => null,
    };

    /// <summary>Where the option is written.</summary>
    public static Location Location(WaitOptionUse use) => use.Place.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } => name.GetLocation(),
        var syntax => syntax.GetLocation(),
    };

    /// <summary>What waits, for the message.</summary>
    public string Describe(WaitOptionUse use) => use.Consumer switch
    {
        IInvocationOperation { TargetMethod: { ContainingType.Name: var type, Name: var name } } => $"'{type}.{name}'",
        IObjectCreationOperation { Type.Name: var type } => $"'{type}'",
        _ => "the lock",
    };

    private WaitOptionUse? InArguments(IOperation call, IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments)
    {
        if (_catalog.ManagedWaits.IsNonBlocking(method))
            return null;
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter || !MayCarryOption(parameter.Type))
                continue;
            if (!IsSwitchedOn(parameter.Name, argument.Value) && !IsListed(method, parameter.Name, argument.Value))
                continue;
            if (argument.IsImplicit && argument.ArgumentKind != ArgumentKind.DefaultValue)
                continue;

            var use = WaitOptionUse.OfArgument(argument, call);
            return IsListed(method, parameter.Name, argument.Value) || IsAboutLocks(use, method.ContainingType) ? use : null;
        }

        return null;
    }

    private WaitOptionUse? Fluent(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (_vocabulary.WaitsWhen(method.Name) != true || !FluentChain.IsFluent(method) || Parameters(method) > 0)
            return null;
        var use = WaitOptionUse.OfFluentCall(call);
        return IsAboutLocks(use, method.ContainingType) ? use : null;

        static int Parameters(IMethodSymbol method) => method.Parameters.Length - (method.IsExtensionMethod ? 1 : 0);
    }

    private WaitOptionUse? Assigned(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is not IMemberReferenceOperation { Member: var member }
            || !MayCarryOption(assignment.Target.Type)
            || !IsSwitchedOn(member.Name, assignment.Value))
        {
            return null;
        }

        var use = WaitOptionUse.OfAssignment(assignment, member);
        return IsAboutLocks(use, member.ContainingType) ? use : null;
    }

    private bool HasOption(ITypeSymbol type)
    {
        if (type.WithoutNullable() is not { TypeKind: TypeKind.Enum } choice)
            return false;
        foreach (var member in choice.GetMembers())
        {
            if (member.Kind == SymbolKind.Field && _vocabulary.WaitsWhen(member.Name) == true)
                return true;
        }

        return false;
    }

    private static bool MayCarryOption(ITypeSymbol? type) =>
        type?.WithoutNullable() is { SpecialType: SpecialType.System_Boolean } or { TypeKind: TypeKind.Enum };

    /// <summary>
    /// A flag of that name with the value that makes it wait; or a member of an enum that is named so (<c>LockMode.Wait</c>), where
    /// the option itself may have any name.
    /// </summary>
    private bool IsSwitchedOn(string name, IOperation value)
    {
        if (value.Unwrapped() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum, Name: var member } })
            return _vocabulary.WaitsWhen(member) == true;
        return _vocabulary.WaitsWhen(name) is { } waitsWhen && ValueReader.Read(value).Any(v => v.Boolean == waitsWhen);
    }

    private bool IsListed(IMethodSymbol method, string parameter, IOperation value) =>
        _catalog.WaitOptions.Find(method) is { } entry && entry.Option == parameter && ValueReader.Read(value).Any(v => v.Boolean == true);

    /// <summary>What waits in the framework is known to the catalog, not told by words: a <c>Socket</c> has exclusive addresses and is no lock.</summary>
    private bool IsAboutLocks(WaitOptionUse use, INamedTypeSymbol owner)
    {
        if (owner.IsFromFramework())
            return false;
        var method = use.Consumer switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation { Constructor: { } constructor } => constructor,
            _ => null,
        };
        var names = new List<string?> { owner.Name, use.Option };
        if (method is not null)
        {
            names.Add(method.ContainingType.Name);
            names.Add(method.Name);
            names.AddRange(method.Parameters.Select(parameter => parameter.Name));
        }

        // The other options of the same object tell what it is about: a LockTimeout beside Wait.
        if (use.Place is ISimpleAssignmentOperation)
            names.AddRange(owner.GetMembers().Where(member => member.Kind == SymbolKind.Property).Select(member => member.Name));

        return _vocabulary.SpeakOfLock(names, method is not null && GivesDisposable(method));
    }

    private static bool GivesDisposable(IMethodSymbol method)
    {
        var type = method.MethodKind == MethodKind.Constructor ? method.ContainingType : method.ReturnType;
        type = type.WithoutTask();
        return !type.IsTask() && type.Name != "Process" && type.IsDisposable();
    }
}
