using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Processes;

/// <summary>What ends a wait for a child that does not end.</summary>
internal enum WaitEnd
{
    Never,

    /// <summary>A token that the caller may or may not cancel, some time.</summary>
    CallersToken,

    /// <summary>A time-out, or a token that is made here.</summary>
    Limit,
}

/// <summary>
/// A place that waits for a child while nobody reads one of its redirected streams. A pipe holds only so much: once it is full, the
/// child stops in its write until somebody reads, which here comes after the wait, or never.
/// </summary>
internal sealed class UndrainedChild
{
    private UndrainedChild(Child child, ChildStream stream, IOperation redirected, WaitEnd end, IInvocationOperation? read)
    {
        Child = child;
        Stream = stream;
        Redirected = redirected;
        End = end;
        Read = read;
    }

    public Child Child { get; }

    /// <summary>The stream that fills up.</summary>
    public ChildStream Stream { get; }

    /// <summary>What tells that the stream is a pipe.</summary>
    public IOperation Redirected { get; }

    /// <summary>What ends the wait, though not the child.</summary>
    public WaitEnd End { get; }

    /// <summary>The call that reads the other stream to its end meanwhile, and is where control stops; null when the wait itself is.</summary>
    public IInvocationOperation? Read { get; }

    /// <summary>The fault at a call that waits for a child or reads one of its streams to the end; null when there is none. The name is asked first.</summary>
    public static UndrainedChild? Find(IInvocationOperation call, ResolvedCatalog catalog) => catalog.ChildWaits.Find(call.TargetMethod)?.Role switch
    {
        ChildRole.Wait => AtWait(call, catalog),
        ChildRole.ReadAll or ChildRole.ReadLine => AtRead(call, catalog),
        _ => null,
    };

    private static UndrainedChild? AtWait(IInvocationOperation wait, ResolvedCatalog catalog)
    {
        if (CallBound.Of(wait.Arguments) == Bound.Zero || !Waits(wait, catalog) || Child.Of(wait.Instance, catalog) is not { } child)
            return null;
        var end = EndOf(wait);
        var order = new SourceOrder(wait, child.Declaration);
        if (!IsFirstAndAlone(child, order) || (end != WaitEnd.Never && child.Uses.Any(use => use.Role is null or ChildRole.Kill)))
            return null;

        foreach (var (read, stream) in child.ReadsToEndBefore(order))
        {
            if (Undrained(child, Other(stream), new SourceOrder(read, child.Declaration), WaitEnd.Never, read) is { } fault)
                return end == WaitEnd.Never ? fault : null; // The read is where it stops, and nothing bounds that.
        }

        return Undrained(child, ChildStream.Output, order, end, null) ?? Undrained(child, ChildStream.Error, order, end, null);
    }

    /// <summary>A read to the end of one stream while the other fills, where no wait without a limit follows that would be reported.</summary>
    private static UndrainedChild? AtRead(IInvocationOperation read, ResolvedCatalog catalog)
    {
        if (StreamRead.StreamOf(read, catalog) is not { } property
            || catalog.Children.Find(property.Property) is not { Role: ChildRole.Stream, Stream: { } stream }
            || !StreamRead.IsToEnd(read, catalog)
            || Child.Of(property.Instance, catalog) is not { } child)
        {
            return null;
        }

        var order = new SourceOrder(read, child.Declaration);
        if (!IsFirstAndAlone(child, order) || child.Uses.Any(use => IsReportedWait(use, order, catalog)))
            return null;
        return Undrained(child, Other(stream), order, WaitEnd.Never, read);
    }

    /// <summary>True when nobody else may have been given the process yet, and it is neither known to be over nor told to end.</summary>
    private static bool IsFirstAndAlone(Child child, SourceOrder order) =>
        !child.Uses.Any(use => use.Role is null or ChildRole.Kill or ChildRole.Over or ChildRole.Wait && order.MayPrecede(use.Operation));

    private static bool IsReportedWait(ChildUse use, SourceOrder order, ResolvedCatalog catalog) =>
        use is { Role: ChildRole.Wait, Operation: IInvocationOperation wait } && order.SharesFunction(wait) && !order.Excludes(wait)
        && EndOf(wait) == WaitEnd.Never && Waits(wait, catalog);

    private static WaitEnd EndOf(IInvocationOperation wait)
    {
        if (CallBound.Of(wait.Arguments) == Bound.None)
            return WaitEnd.Never;
        var isCallers = wait.Arguments.All(argument => argument.Parameter?.Type.IsToken() == true && argument.Value.Unwrapped() is IParameterReferenceOperation);
        return isCallers ? WaitEnd.CallersToken : WaitEnd.Limit;
    }

    private static UndrainedChild? Undrained(Child child, ChildStream stream, SourceOrder order, WaitEnd end, IInvocationOperation? read) =>
        child.Redirected(stream, order) is { } redirected && !child.IsDrainedBefore(stream, order) ? new(child, stream, redirected, end, read) : null;

    private static bool Waits(IInvocationOperation wait, ResolvedCatalog catalog) =>
        wait.Type?.SpecialType is SpecialType.System_Void or SpecialType.System_Boolean || StreamRead.IsWaitedFor(wait, catalog);

    private static ChildStream Other(ChildStream stream) => stream == ChildStream.Output ? ChildStream.Error : ChildStream.Output;
}
