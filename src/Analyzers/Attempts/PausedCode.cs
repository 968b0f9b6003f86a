using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Loops;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Attempts;

/// <summary>
/// Tells, by names alone, the code that is repeated with pauses: a loop, or a function with a label or a call of itself, in which
/// something sleeps or delays. There is little of it, so what stands in it may be looked at closely.
/// </summary>
internal sealed class PausedCode
{
    private readonly ResolvedCatalog _catalog;
    private readonly Dictionary<SyntaxNode, bool> _known = new();

    public PausedCode(ResolvedCatalog catalog) => _catalog = catalog;

    public bool Contains(SyntaxNode place)
    {
        foreach (var loop in RepeatedCode.Loops(place))
        {
            if (Pauses(loop))
                return true;
        }

        return RepeatedCode.Function(place) is { } function and not CompilationUnitSyntax && Pauses(function) && RepeatedCode.MayRepeat(place);
    }

    private bool Pauses(SyntaxNode code)
    {
        if (!_known.TryGetValue(code, out var pauses))
        {
            pauses = code.DescendantNodes().Any(node => node is InvocationExpressionSyntax call
                && CallActions.NameOf(call) is { } name && _catalog.PauseWords.Contains(name));
            _known.Add(code, pauses);
        }

        return pauses;
    }
}
