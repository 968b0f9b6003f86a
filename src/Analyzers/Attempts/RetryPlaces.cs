using LockAnalyzers.Framework;
using LockAnalyzers.Loops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Attempts;

/// <summary>What in one file may be an attempt that is repeated, told by names alone, in the order it stands.</summary>
internal sealed class RetryPlaces
{
    private readonly NameHints _hints;
    private readonly List<SyntaxNode> _named = new();
    private readonly List<int> _pauses = new();

    /// <summary>The named ones and all other calls: where time is let pass, anything may be an attempt.</summary>
    private readonly List<SyntaxNode> _all = new();

    public RetryPlaces(NameHints hints) => _hints = hints;

    public IReadOnlyList<SyntaxNode> Attempts => _pauses.Count == 0 ? _named : _all;

    /// <summary>What the name of a call says.</summary>
    public NameHint HintOf(SyntaxNode call) => CallActions.NameOf(call) is { } name ? _hints.Of(name) : NameHint.None;

    /// <summary>
    /// True for code that is repeated with pauses: in a loop, or a function with a label or a call of itself, in which something sleeps or delays. There
    /// is little of it, so what stands in it may be looked at closely.
    /// </summary>
    public bool IsPaused(SyntaxNode place) =>
        _pauses.Count > 0
        && (RepeatedCode.Loops(place).Any(Pauses)
            || (RepeatedCode.Function(place) is { } function and not CompilationUnitSyntax && Pauses(function) && RepeatedCode.MayRepeat(place)));

    /// <summary>Is shown every node of the file, with what its name may stand for.</summary>
    public void Look(SyntaxNode node, NameHint hint)
    {
        switch (node.Kind())
        {
            case SyntaxKind.InvocationExpression when CallActions.NameOf(node) is not null:
                if ((hint & (NameHint.Policy | NameHint.Throws | NameHint.Answers)) != 0)
                    _named.Add(node);
                if ((hint & NameHint.Pauses) != 0)
                    _pauses.Add(node.SpanStart);
                _all.Add(node);
                break;
            case SyntaxKind.SimpleAssignmentExpression when (hint & NameHint.Count) != 0:
            case SyntaxKind.ObjectCreationExpression or SyntaxKind.ImplicitObjectCreationExpression when MayTake((BaseObjectCreationExpressionSyntax)node, hint):
                _named.Add(node);
                _all.Add(node);
                break;
        }
    }

    /// <summary>At the end of the file.</summary>
    public void Finish()
    {
        if (_pauses.Count == 0)
            _all.Clear();
    }

    private bool Pauses(SyntaxNode code)
    {
        var first = _pauses.BinarySearch(code.SpanStart);
        first = first < 0 ? ~first : first;
        return first < _pauses.Count && _pauses[first] < code.Span.End;
    }

    private static bool MayTake(BaseObjectCreationExpressionSyntax creation, NameHint hint) =>
        creation.ArgumentList is { Arguments.Count: > 0 }
        && (creation is not ObjectCreationExpressionSyntax || (hint & NameHint.Takes) != 0);
}
