using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.WaitOptions;

/// <summary>Finds the call that takes an option.</summary>
internal static class ConsumerOf
{
    /// <summary>The call that an options object is handed to, at once or through a local; null when there is none, or several.</summary>
    public static IOperation? Options(IOperation options)
    {
        var current = options;
        while (current.Parent is IConversionOperation or IParenthesizedOperation or IWithOperation or IConditionalOperation)
            current = current.Parent;
        return current.Parent switch
        {
            IArgumentOperation argument => argument.Parent,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => OfLocal(declarator.Symbol, options.Root()),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => OfLocal(local.Local, options.Root()),
            _ => null,
        };
    }

    /// <summary>The call that takes a created options object; or the creation itself, when what it makes is the lock.</summary>
    public static IOperation? Creation(IObjectCreationOperation creation) =>
        Options(creation) ?? (creation.Type?.IsDisposable() == true ? creation : null);

    public static IOperation? Assignment(ISimpleAssignmentOperation assignment) => Owner(assignment) switch
    {
        IObjectCreationOperation or IWithOperation => Options(Owner(assignment)!),
        ILocalReferenceOperation local => OfLocal(local.Local, assignment.Root()),
        IParameterReferenceOperation when assignment.EnclosingFunction() is IAnonymousFunctionOperation lambda => OfLambda(lambda),
        _ => null,
    };

    /// <summary>The object whose member is assigned: the creation or <c>with</c> around an initializer, or the receiver.</summary>
    public static IOperation? Owner(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Parent is IObjectOrCollectionInitializerOperation { Parent: var owner })
            return owner is IMemberInitializerOperation ? null : owner;
        return (assignment.Target as IMemberReferenceOperation)?.Instance;
    }

    private static IOperation? OfLambda(IOperation lambda)
    {
        var current = lambda;
        while (current.Parent is IConversionOperation or IParenthesizedOperation or IDelegateCreationOperation)
            current = current.Parent;
        return (current.Parent as IArgumentOperation)?.Parent;
    }

    private static IOperation? OfLocal(ILocalSymbol local, IOperation root)
    {
        IOperation? only = null;
        foreach (var operation in root.Descendants())
        {
            if (operation is not IArgumentOperation argument
                || argument.Value.Unwrapped() is not ILocalReferenceOperation reference
                || !SymbolEqualityComparer.Default.Equals(reference.Local, local))
            {
                continue;
            }

            if (only is not null)
                return null;
            only = argument.Parent;
        }

        return only;
    }
}
