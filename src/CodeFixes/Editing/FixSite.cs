using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>A reported place, with what a fix needs to decide.</summary>
internal sealed class FixSite
{
    public FixSite(SyntaxNode node, SemanticModel model, LockContext context, Diagnostic diagnostic, CancellationToken cancellation)
    {
        Node = node;
        Model = model;
        Context = context;
        Diagnostic = diagnostic;
        Cancellation = cancellation;
        Runtime = new RuntimeTypes(model, node.SpanStart);
    }

    /// <summary>The innermost node with the span of the diagnostic.</summary>
    public SyntaxNode Node { get; }

    public SemanticModel Model { get; }

    /// <summary>What the rules know of the compilation, the project's own catalogs and options included.</summary>
    public LockContext Context { get; }

    public Diagnostic Diagnostic { get; }

    public CancellationToken Cancellation { get; }

    public RuntimeTypes Runtime { get; }
}
