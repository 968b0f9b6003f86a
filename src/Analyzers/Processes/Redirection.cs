using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Processes;

/// <summary>Whether a stream of a child is a pipe: what its start info was told, in the order of the source. The last word counts.</summary>
internal sealed class Redirection
{
    private const int MostSteps = 4; // A start info handed through more variables than this does not occur by hand.

    private readonly ResolvedCatalog _catalog;
    private readonly VariableUses _uses;
    private readonly List<(ChildStream Stream, IOperation Assignment, IOperation Value)> _told = new();

    public Redirection(VariableUses uses, ResolvedCatalog catalog)
    {
        _uses = uses;
        _catalog = catalog;
    }

    /// <summary>Where the stream is redirected; null when it is not, or that cannot be known. <paramref name="isRefused"/>: it is surely not.</summary>
    public IOperation? Of(ChildStream stream, out bool isRefused)
    {
        isRefused = false;
        IOperation? place = null;
        foreach (var (told, assignment, value) in _told)
        {
            if (told != stream)
                continue;
            var isTrue = ValueReader.ReadSingle(Assigned(value)).Boolean;
            place = isTrue == true ? assignment : null;
            isRefused = isTrue == false;
        }

        return place;
    }

    /// <summary>Reads what made the process: <c>new Process { StartInfo = … }</c> or <c>Process.Start(info)</c>.</summary>
    public void AddOrigin(IOperation origin)
    {
        switch (origin.Unwrapped())
        {
            case IObjectCreationOperation { Initializer: { } initializer }:
                AddInitializer(initializer);
                break;
            case IInvocationOperation call when _catalog.Children.Find(call.TargetMethod) is { Role: ChildRole.Start }:
                foreach (var argument in call.Arguments)
                    AddInfo(argument.Value, 0);
                break;
        }
    }

    /// <summary>Reads one use of the process: <c>process.StartInfo.RedirectStandardError = true</c>, <c>process.StartInfo = info</c>.</summary>
    public void AddUse(ChildUse use)
    {
        if (use.Role != ChildRole.Info)
            return;
        if (use.Operation.Parent is ISimpleAssignmentOperation assignment && assignment.Target == use.Operation)
            AddInfo(assignment.Value, 0);
        else
            AddUseOfInfo(use.Operation, 0);
    }

    /// <summary>The value of an assignment, also of one that gives its value on: <c>a = b = true</c>.</summary>
    private static IOperation Assigned(IOperation value)
    {
        while (value.Unwrapped() is ISimpleAssignmentOperation inner)
            value = inner.Value;
        return value;
    }

    private void AddInfo(IOperation info, int depth)
    {
        info = info.Unwrapped();
        if (info is ISimpleAssignmentOperation kept)
            info = kept.Value.Unwrapped();
        if (info is IObjectCreationOperation { Initializer: { } initializer })
            AddInitializer(initializer);
        if (depth >= MostSteps || VariableUses.SymbolOf(info) is not { } variable)
            return;
        if (info is ILocalReferenceOperation local && Definitions.SingleValue(local) is { } value)
            AddInfo(value, depth + 1);
        foreach (var reference in _uses[variable])
            AddUseOfInfo(reference, depth + 1);
    }

    /// <summary><c>info.RedirectStandardError = true</c>, or the same object under another name.</summary>
    private void AddUseOfInfo(IOperation info, int depth)
    {
        if (info.Parent is IMemberReferenceOperation member && member.Instance == info)
        {
            if (member.Parent is ISimpleAssignmentOperation assignment && assignment.Target == member)
                AddAssignment(assignment);
        }
        else if (depth < MostSteps && info.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
        {
            foreach (var reference in _uses[declarator.Symbol])
                AddUseOfInfo(reference, depth + 1);
        }
    }

    private void AddInitializer(IObjectOrCollectionInitializerOperation initializer)
    {
        foreach (var part in initializer.Initializers)
        {
            switch (part)
            {
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment:
                    if (_catalog.Children.Find(target.Member) is { Role: ChildRole.Info })
                        AddInfo(assignment.Value, 0);
                    else
                        AddAssignment(assignment);
                    break;
                case IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation target, Initializer: { } nested }
                    when _catalog.Children.Find(target.Member) is { Role: ChildRole.Info }:
                    AddInitializer(nested);
                    break;
            }
        }
    }

    private void AddAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is IMemberReferenceOperation target && _catalog.Children.Find(target.Member) is { Role: ChildRole.Redirect, Stream: { } stream })
            _told.Add((stream, assignment, assignment.Value));
    }
}
