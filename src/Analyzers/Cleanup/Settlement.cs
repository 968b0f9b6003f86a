using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>Cleanup that has thought of the acquisition on its way: it waits for it, ends it, or has told it to give back what comes too late.</summary>
internal sealed class Settlement
{
    private readonly CleanupRegion _region;
    private readonly SemanticModel _model;
    private readonly ResolvedCatalog _catalog;

    public Settlement(CleanupRegion region, SemanticModel model, ResolvedCatalog catalog)
    {
        _region = region;
        _model = model;
        _catalog = catalog;
    }

    public bool Excuses(Look look, PendingWrite write, ExpressionSyntax acquisition, Beginning beginning) =>
        beginning.Way.Any(function => _region.Contains(function) || IsPartOf(function)) // One after the other, not at once.
        || (beginning.IsByHost ? IsTooLateForHost(look) : beginning.KeptIn is { } kept && Mentions(kept))
        || IsHonest(look)
        || IsGivenBackInside(look, write)
        || IsWaitedFor(look, beginning)
        || IsCancelled(acquisition, beginning)
        || IsToldToGiveBack(look, write)
        || IsUnderSameLock(look, write);

    /// <summary>A <c>finally</c> runs when its function does; a handler at another time, wherever it is written.</summary>
    private bool IsPartOf(SyntaxNode function) => _region.Function is FinallyClauseSyntax && function.Span.Contains(_region.Function.Span);

    private bool Mentions(string name) => _region.Nodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var text } && text == name);

    /// <summary>The host waits for what it began before it disposes of the object; in StopAsync, the base has to be asked first.</summary>
    private bool IsTooLateForHost(Look look) =>
        (_region.Function is MethodDeclarationSyntax { Identifier.ValueText: var name } && name.StartsWith("Dispose", StringComparison.Ordinal))
        || _region.Nodes().Any(node => node is BaseExpressionSyntax && node.SpanStart < look.Place.SpanStart);

    /// <summary>True when the answer for an empty variable is not "done": false, an exception, or words that say so.</summary>
    private bool IsHonest(Look look) => EmptyAnswer.IsHonest(look, _catalog);

    /// <summary>The function that acquires also gives back, before it ends.</summary>
    private static bool IsGivenBackInside(Look look, PendingWrite write) =>
        write.Function.OwnNodes().Any(node => node.SpanStart > write.Target.SpanStart && node is AssignmentExpressionSyntax { Left: var left, Right: var right }
            && Look.IsNothing(right) && CallActions.NameOf(left) == look.Name);

    /// <summary>
    /// A wait for what the way of the acquisition also speaks of: a task that it is kept in, an event that it sets, a semaphore that it
    /// holds.
    /// </summary>
    private bool IsWaitedFor(Look look, Beginning beginning)
    {
        HashSet<string>? said = null;
        foreach (var node in _region.Nodes())
        {
            var waits = node is AwaitExpressionSyntax ? null : node is InvocationExpressionSyntax && CallActions.NameOf(node) is { } name && IsWait(name) ? name : "";
            if (waits == "")
                continue;
            foreach (var mentioned in node.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                var text = mentioned.Identifier.ValueText;
                if (text == look.Name || text == waits || !(said ??= Said(beginning)).Contains(text))
                    continue;
                if (_model.GetSymbolInfo(mentioned).Symbol is IFieldSymbol or IPropertySymbol or ILocalSymbol && (waits is not null || IsAwaited(_model.GetTypeInfo(mentioned).Type)))
                    return true;
            }
        }

        return false;
    }

    private static bool IsAwaited(ITypeSymbol? type) => type.IsTask() || type?.Name.StartsWith("TaskCompletionSource", StringComparison.Ordinal) == true;

    private bool IsWait(string name) =>
        _catalog.ManagedWaits.HasName(name) || _catalog.Races.HasName(name) || name.StartsWith("Wait", StringComparison.Ordinal) || name.StartsWith("Settle", StringComparison.Ordinal);

    /// <summary>What the functions on the way say, and the place where the first of them is begun.</summary>
    private static HashSet<string> Said(Beginning beginning) =>
        new(beginning.Way.Append(beginning.Place.FirstAncestorOrSelf<StatementSyntax>() ?? beginning.Place)
            .SelectMany(node => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()).Select(name => name.Identifier.ValueText), StringComparer.Ordinal);

    /// <summary>The cleanup cancels a source, and the acquisition listens to a token.</summary>
    private bool IsCancelled(ExpressionSyntax acquisition, Beginning beginning)
    {
        var sources = _region.Nodes().OfType<InvocationExpressionSyntax>().Where(call => CallActions.NameOf(call) is "Cancel" or "CancelAsync" or "CancelAfter").ToList();
        if (sources.Count == 0)
            return false;
        var said = Said(beginning);
        return sources.Any(call => call.Expression is MemberAccessExpressionSyntax { Expression: var source } && CallActions.NameOf(source) is { } name && said.Contains(name))
            || beginning.Way.Append(acquisition).SelectMany(node => node.DescendantNodesAndSelf())
                .Any(node => node is ArgumentSyntax { Expression: var value } && _model.GetTypeInfo(value).ConvertedType.IsToken() && !IsNoToken(value));
    }

    private static bool IsNoToken(ExpressionSyntax value) => CallActions.NameOf(value) == "None" || value.IsKind(SyntaxKind.DefaultLiteralExpression) || value.IsKind(SyntaxKind.DefaultExpression);

    /// <summary>The cleanup leaves a word, and the acquisition asks for it: <c>if (_closed) handle.Dispose();</c></summary>
    private bool IsToldToGiveBack(Look look, PendingWrite write)
    {
        HashSet<string>? left = null;
        foreach (var node in write.Function.DescendantNodes())
        {
            var question = node switch
            {
                IfStatementSyntax branch => branch.Condition,
                ConditionalExpressionSyntax choice => choice.Condition,
                WhileStatementSyntax loop => loop.Condition,
                InvocationExpressionSyntax call when CallActions.NameOf(call) == "CompareExchange" => call,
                _ => null,
            };
            if (question is null)
                continue;
            left ??= new(_region.Nodes().Select(word => Written(word, look.Name)).OfType<string>(), StringComparer.Ordinal);
            if (question.DescendantNodesAndSelf().Any(name => name is IdentifierNameSyntax { Identifier.ValueText: var text } && left.Contains(text)))
                return true;
        }

        return false;
    }

    /// <summary>What a node writes; emptying the variable itself leaves no word.</summary>
    private static string? Written(SyntaxNode node, string variable)
    {
        var (target, value) = node switch
        {
            AssignmentExpressionSyntax assignment => (assignment.Left, assignment.Right),
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword, Parent: ArgumentListSyntax { Arguments: { Count: > 1 } arguments } } argument => (argument.Expression, arguments[1].Expression),
            _ => default,
        };
        return target is not null && CallActions.NameOf(target) is { } name && (name != variable || !Look.IsNothing(value)) ? name : null;
    }

    /// <summary>Both stand in a <c>lock</c> on the same object, the acquisition too: the cleanup cannot come between.</summary>
    private static bool IsUnderSameLock(Look look, PendingWrite write) =>
        look.Place.Ancestors().OfType<LockStatementSyntax>().Any(outer => write.Value.Ancestors().OfType<LockStatementSyntax>()
            .Any(other => SyntaxFactory.AreEquivalent(outer.Expression, other.Expression) && write.Value.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax)));
}
