using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Guards;

/// <summary>How the thread that is started was made.</summary>
internal readonly record struct ThreadCreation(IOperation? Body, bool IsBackground)
{
    /// <summary>Looks through a local or field that is given its value in the same member; default when that is elsewhere.</summary>
    public static ThreadCreation Find(IOperation thread)
    {
        var creation = thread.Unwrapped() as IObjectCreationOperation;
        var variable = Symbol(thread);
        var isBackground = false;
        if (variable is not null)
        {
            foreach (var operation in thread.Root().DescendantsAndSelf())
            {
                if (operation is IVariableDeclaratorOperation declarator && Is(declarator.Symbol))
                    creation = declarator.GetVariableInitializer()?.Value.Unwrapped() as IObjectCreationOperation;
                else if (operation is ISimpleAssignmentOperation assignment && Is(Symbol(assignment.Target)))
                    creation = assignment.Value.Unwrapped() as IObjectCreationOperation ?? creation;
                else if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } target } set && Is(Symbol(instance)))
                    isBackground |= SetsBackground(target, set);
            }
        }

        if (creation is null || creation.Arguments.IsEmpty)
            return default;
        if (creation.Initializer is { } initializer)
            isBackground |= initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(set => set.Target is IPropertyReferenceOperation target && SetsBackground(target, set));
        return new ThreadCreation(creation.Arguments[0].Value, isBackground);

        bool Is(ISymbol? other) => SymbolEqualityComparer.Default.Equals(variable, other);
    }

    private static bool SetsBackground(IPropertyReferenceOperation target, ISimpleAssignmentOperation set) =>
        target.Property.Name == nameof(Thread.IsBackground) && ValueReader.ReadSingle(set.Value).Boolean == true;

    private static ISymbol? Symbol(IOperation operation) => operation.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };
}
