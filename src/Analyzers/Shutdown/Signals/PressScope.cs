using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Values;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Signals;

/// <summary>Whether a press ends a piece of work, and not the program: the same function, which is not the whole program, takes the handler off again; or it goes on to read commands.</summary>
internal static class PressScope
{
    public static bool IsOfWork(Root root, Bodies bodies, ShutdownFacts facts)
    {
        if (root.Handler is not { } handler || UnguardedRoot.Target(root, bodies) is not { Body: { } body })
            return false;
        var function = handler.EnclosingFunction() ?? handler.Root();
        return function.Descendants().Any(operation => operation.Syntax.SpanStart > handler.Syntax.SpanStart && operation switch
        {
            IEventAssignmentOperation { Adds: false, EventReference: IEventReferenceOperation { Event: var left } } => !EntryPoint.Is(root.Owner) && facts.Catalog.ShutdownRoots.Find(left) == root.Entry,
            ILoopOperation loop => IsRepeatable(body) && !loop.Syntax.Span.Contains(handler.Syntax.Span) && loop.Descendants().OfType<IInvocationOperation>().Any(call => ReadsCommand(call, facts.Catalog)),
            _ => false,
        });
    }

    /// <summary>A source of a token is cancelled once: a handler that cancels one which is never made anew ends the program.</summary>
    private static bool IsRepeatable(IOperation handler) =>
        handler.Descendants().OfType<IInvocationOperation>().Where(static call => call.Instance?.Type.IsTokenSource() == true).All(call =>
            Variable.Of(call.Instance) is { Name: var source } && call.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            && Mentions.OfIdentifier(source, type).Any(mention => mention.Parent is AssignmentExpressionSyntax { Left: var left } && left == mention));

    /// <summary><c>Console.ReadLine()</c>, <c>input.ReadCommand()</c></summary>
    private static bool ReadsCommand(IInvocationOperation call, ResolvedCatalog catalog) =>
        catalog.ManagedWaits.Find(call.TargetMethod) is { Subject: WaitSubject.Input }
        || (Words.Of(call.TargetMethod.Name) is [var verb, ..] words && catalog.Words.Of("input-verb").Contains(verb) && words.Exists(catalog.Words.Of("input").Contains));
}
