using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Native;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Workers;

/// <summary>
/// Whether what is waited for is a worker of the same type that was told to end on the way, in a way that it asks about at each turn. Nothing bounds the
/// wait, and mostly it ends. Who waits for an event to begin a piece of work, or goes through a queue, is another matter: of seven such workers in public code that
/// were told by a flag or a completed queue, six could hang in the work.
/// </summary>
internal static class ToldWorker
{
    /// <param name="target">What is waited for.</param>
    /// <param name="places">The wait, and the calls that lead to it.</param>
    /// <param name="facts">What the catalog knows.</param>
    public static bool IsAwaited(IOperation? target, IEnumerable<IOperation> places, ShutdownFacts facts)
    {
        if (Kept(target) is not { } kept || Told.Source(kept) is not { } awaited || kept.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || kept.SemanticModel is not { } model)
            return false;

        var told = Told.Before(places, type, facts);
        return told.Sources.Count > 0 && Worker.Of(awaited, type, model, facts.Catalog).Any(worker => Asks(worker, told, type, model, facts));
    }

    /// <summary>A variable that only the type itself fills, one of its elements, or what one was copied to.</summary>
    private static IOperation? Kept(IOperation? target)
    {
        target = target?.Unwrapped();
        if (target is IConditionalAccessInstanceOperation instance)
            target = instance.Receiver()?.Unwrapped();
        if (target is ILocalReferenceOperation local)
            target = (Definitions.SingleValue(local) ?? Elements(local))?.Unwrapped();
        if (target is IArrayElementReferenceOperation { ArrayReference: { } array })
            target = array.Unwrapped();
        return target switch
        {
            IFieldReferenceOperation { Field: { IsReadOnly: true } or { DeclaredAccessibility: Accessibility.Private } } => target,
            IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property: { IsVirtual: false, SetMethod: null or { DeclaredAccessibility: Accessibility.Private } } } => target,
            _ => null,
        };
    }

    /// <summary>What a <c>foreach</c> goes through with the local.</summary>
    private static IOperation? Elements(ILocalReferenceOperation local)
    {
        for (var current = local.Parent; current is not null; current = current.Parent)
        {
            if (current is IForEachLoopOperation { Collection: var elements, Locals: var locals } && locals.Contains(local.Local))
                return elements;
        }

        return null;
    }

    /// <summary>The worker knows what it was told by, and asks it, or ends with it.</summary>
    private static bool Asks(Worker worker, Told told, TypeDeclarationSyntax type, SemanticModel model, ShutdownFacts facts)
    {
        var known = told.Sources.Where(source => worker.Names(source.Source) || worker.IsGiven(source.Source, isSeen: source.How is Signalled.Flag or Signalled.Stopped)).ToList();
        var isDriven = known.Exists(static source => source.How is Signalled.Event or Signalled.Queue); // By pieces of work.
        return known.Exists(source => source.How switch
        {
            Signalled.Deadline => true,
            Signalled.Token => worker.Loops.Any(loop => loop.Descendants().Any(part => LooksAtToken(part, facts))),
            Signalled.Event => !known.Exists(static other => other.How == Signalled.Flag) && worker.Loops.Any(loop => loop.Descendants().Any(part => LooksAtEvent(part, facts))),
            Signalled.Queue => TellsPeople(source.Source, type, model, facts.Catalog) && !SitsOutside(worker, told, facts),
            Signalled.Flag => !isDriven && worker.Loops.Any(loop => loop.Descendants().Any(part => LooksAtFlag(part, source.Source))) && !SitsOutside(worker, told, facts),
            Signalled.Stopped => !isDriven && !SitsOutside(worker, told, facts),
            _ => false,
        });
    }

    private static bool LooksAtToken(IOperation operation, ShutdownFacts facts) => operation switch
    {
        IPropertyReferenceOperation { Instance.Type: var owner, Type: var asked } => owner.IsToken() || (owner.IsTokenSource() && asked?.SpecialType == SpecialType.System_Boolean),
        IInvocationOperation { Instance.Type: var owner, Type.SpecialType: SpecialType.System_Void } => owner.IsToken(),
        IInvocationOperation call when facts.Catalog.ManagedWaits.Find(call.TargetMethod) is not null || facts.Role(call.TargetMethod) == ShutdownRole.Enumerate => call.Arguments.Any(IsToken),
        IAwaitOperation { Operation: var awaited } => awaited.Descendants().Any(IsToken),
        _ => false,
    };

    private static bool IsToken(IOperation operation) => operation is IArgumentOperation { Value: { Type: var type } token } && type.IsToken() && CallBound.OfToken(token) != Bound.None;

    private static bool LooksAtEvent(IOperation operation, ShutdownFacts facts) =>
        operation is IInvocationOperation { Parent: not IExpressionStatementOperation } call && facts.Catalog.ManagedWaits.Find(call.TargetMethod) is { Subject: WaitSubject.Signal };

    private static bool LooksAtFlag(IOperation operation, string flag) =>
        operation is IFieldReferenceOperation or IPropertyReferenceOperation && ((IMemberReferenceOperation)operation).Member.Name == flag
        && !(operation.Parent is IAssignmentOperation assignment && assignment.Target == operation);

    /// <summary>A queue of lines for people: a log goes through all that is left, to a file or a terminal.</summary>
    private static bool TellsPeople(string queue, TypeDeclarationSyntax type, SemanticModel model, ResolvedCatalog catalog) =>
        model.GetDeclaredSymbol(type) is INamedTypeSymbol owner
        && (TellingNames.IsTeller(owner, catalog)
            || owner.GetMembers(queue).OfType<IFieldSymbol>().Any(field => field.Type is INamedTypeSymbol { TypeArguments: [var item] } && TellingNames.IsTeller(item, catalog)));

    /// <summary>The worker may sit somewhere for as long as somebody outside likes, and not look at what it is told by; unless it is just that which was stopped.</summary>
    private static bool SitsOutside(Worker worker, Told told, ShutdownFacts facts) => worker.Operations.Any(operation =>
    {
        var (member, instance) = operation switch
        {
            IInvocationOperation call => (call.TargetMethod, call.Instance),
            IObjectCreationOperation { Constructor: { } constructor } => (constructor, null),
            _ => default((IMethodSymbol, IOperation?)),
        };
        return member is not null
            && (facts.Role(member) is ShutdownRole.Outside or ShutdownRole.Listen || NativeMethod.EntryPoint(member, facts.Catalog) is not null || Wait.Find(operation, facts.Catalog) is { Bound: Bound.None })
            && !(Told.Source(instance) is { Name: var source } && told.Sources.Any(said => said.Source == source && said.How is Signalled.Stopped or Signalled.Queue));
    });
}
