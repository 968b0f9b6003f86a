using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Sql;

/// <summary>
/// A command whose time-out is switched off and whose text waits for a lock of the server. Text, time-out and run are looked for in
/// one member: what is put together elsewhere is somebody else's choice.
/// </summary>
internal static class SqlLockCommand
{
    /// <summary>The function that waits; null when something ends the wait, or what the command does cannot be told.</summary>
    public static SqlFunction? Find(ISimpleAssignmentOperation timeout, ResolvedCatalog catalog)
    {
        if (timeout.Target is not IPropertyReferenceOperation { Instance: { } owner } property
            || catalog.SqlTimeouts.Find(property.Property, owner.Type) is null
            || ValueReader.ReadSingle(timeout.Value).Number != 0)
        {
            return null;
        }

        var creation = owner is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } ? CreationAround(timeout) : null;
        var variable = creation is null ? Variable.Of(owner) : AssignedTo(creation);
        if (creation is null && variable is null)
            return null;

        var member = timeout.Root().DescendantsAndSelf().ToImmutableArray();
        return RunsUnbounded(member, variable, creation, catalog) && !IsBoundedByText(member, catalog)
            ? Texts(member, variable, creation, catalog).Select(text => SqlLockCall.Find(text, catalog.SqlFunctions)).FirstOrDefault(function => function is not null && !IsParameterGiven(member, function))
            : null;
    }

    private static bool RunsUnbounded(ImmutableArray<IOperation> member, ISymbol? variable, IOperation? creation, ResolvedCatalog catalog) =>
        member.Any(operation => operation is IInvocationOperation { Instance: { } instance } run
            && catalog.SqlRuns.Find(run.TargetMethod, instance.Type) is not null
            && (instance.Unwrapped() == creation || (variable is not null && Variable.Is(instance, variable)))
            && CallBound.Of(run.Arguments) == Bound.None);

    /// <summary>The texts that the command is given: where it is made, and where its text is set.</summary>
    private static IEnumerable<string> Texts(ImmutableArray<IOperation> member, ISymbol? variable, IOperation? creation, ResolvedCatalog catalog)
    {
        foreach (var operation in member)
        {
            var values = operation switch
            {
                IObjectCreationOperation made when IsTheCommand(made) => made.Arguments.Select(argument => argument.Value),
                IInvocationOperation made when IsTheCommand(made) => made.Arguments.Select(argument => argument.Value),
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner } property } set
                    when catalog.SqlTexts.Find(property.Property, owner.Type) is not null
                        && (Variable.Is(owner, variable!) || (owner is IInstanceReferenceOperation && CreationAround(set) is { } around && IsTheCommand(around))) => new[] { set.Value },
                _ => Enumerable.Empty<IOperation>(),
            };
            foreach (var value in values)
            {
                if (value.Type?.SpecialType == SpecialType.System_String && SqlText.Of(value) is { } text)
                    yield return text;
            }
        }

        bool IsTheCommand(IOperation made) =>
            made == creation || (variable is not null && SymbolEqualityComparer.Default.Equals(AssignedTo(made), variable));
    }

    /// <summary>The session was told to give up on its own.</summary>
    private static bool IsBoundedByText(ImmutableArray<IOperation> member, ResolvedCatalog catalog)
    {
        var bounds = catalog.Words.Of("sql-bounds");
        return member.Any(operation => Literal(operation) is { } text && bounds.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0));
    }

    /// <summary>A stored procedure is given its time-out beside the text.</summary>
    private static bool IsParameterGiven(ImmutableArray<IOperation> member, SqlFunction function) =>
        function.TimeoutParameter is { } name
        && member.Any(operation => Literal(operation) is { } text && string.Equals(text.TrimStart('@'), name.TrimStart('@'), StringComparison.OrdinalIgnoreCase));

    private static string? Literal(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    private static IOperation? CreationAround(ISimpleAssignmentOperation assignment) =>
        assignment.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation } ? creation : null;

    private static ISymbol? AssignedTo(IOperation made)
    {
        var parent = made.Parent;
        while (parent is IConversionOperation or IAwaitOperation or IVariableInitializerOperation)
            parent = parent.Parent;
        return parent switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol,
            ISimpleAssignmentOperation assignment when assignment.Value.Unwrapped() == made => Variable.Of(assignment.Target),
            _ => null,
        };
    }
}
