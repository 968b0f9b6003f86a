using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

internal enum StepKind
{
    /// <summary>Blocks the thread, and nothing bounds it but the tasks it may wait for.</summary>
    Wait,

    /// <summary>Calls code that stands outside.</summary>
    Foreign,

    /// <summary>Calls a delegate that the method was given; what that is, the call site knows.</summary>
    CallParameter,

    /// <summary>Awaits, or hands the task to a caller who will.</summary>
    Await,

    /// <summary>Runs another body before it goes on.</summary>
    Call,

    /// <summary>Arms what ends the process by force.</summary>
    Guard,

    /// <summary>Ends the process under a condition: a way out for who asks again.</summary>
    WayOut,

    /// <summary>Registers a callback or handler that runs when the process ends.</summary>
    Register,
}

/// <summary>One thing a body does that matters to a shutdown, whoever calls it.</summary>
internal sealed record Step(StepKind Kind, IOperation Operation, string Name)
{
    /// <summary>The function that is run, of <see cref="StepKind.Call"/> and <see cref="StepKind.Register"/>.</summary>
    public DelegateTarget Target { get; init; }

    /// <summary>The delegate parameter of <see cref="StepKind.CallParameter"/>.</summary>
    public IParameterSymbol? Parameter { get; init; }

    /// <summary>The tasks, of <see cref="StepKind.Await"/> and <see cref="StepKind.Wait"/>, that no time-out or token bounds; default for a wait for something else.</summary>
    public ImmutableArray<IOperation> Tasks { get; init; }

    /// <summary>True when the wait is a loop that pauses and asks again.</summary>
    public bool IsPoll { get; init; }

    /// <summary>True when what is awaited is a worker that was told to end just before.</summary>
    public bool IsToldToEnd { get; init; }

    /// <summary>What <see cref="StepKind.Register"/> registers for.</summary>
    public ShutdownRoot? Event { get; init; }

    /// <summary>True when the foreign code is whoever listens to an event of the type.</summary>
    public bool IsEvent { get; init; }

    /// <summary>True when the caller goes on while the function that is run still awaits.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>Where the step stands: of an await, the call that made the task.</summary>
    public SyntaxNode Place => Kind == StepKind.Await && !Tasks.IsDefaultOrEmpty ? Tasks[0].Syntax : Operation.Syntax;

    /// <summary>The call that passes the function its arguments, delegates among them; null when another function does.</summary>
    public IInvocationOperation? Call =>
        Operation is IInvocationOperation call && call.Arguments.Length == Target.Method?.Parameters.Length
        && (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke || call.TargetMethod.Name == Target.Method.Name)
            ? call
            : null;
}
