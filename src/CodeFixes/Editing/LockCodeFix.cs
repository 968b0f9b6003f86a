using System.Collections.Immutable;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>
/// What all fixes share: a fix decides what it will do before it is offered, and the same decision serves one place, a
/// document and a solution.
/// </summary>
public abstract class LockCodeFix : CodeFixProvider
{
    private protected LockCodeFix(string id) => FixableDiagnosticIds = ImmutableArray.Create(id);

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(static async (context, document, diagnostics) =>
            await ((LockCodeFix)context.CodeFixProvider).FixDocumentAsync(document, diagnostics, context.CodeActionEquivalenceKey, context.CancellationToken)
                .ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var site = await Site(context.Document, context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var edit in FindEdits(site(diagnostic)))
            {
                if (edit.Elsewhere is { } file)
                {
                    if (context.Document.Project.GetDocument(file) is { } other)
                        context.RegisterCodeFix(CodeAction.Create(edit.Title, cancellation => ApplyAsync(other, edit, cancellation), edit.Key), diagnostic);
                    continue;
                }

                context.RegisterCodeFix(
                    CodeAction.Create(
                        edit.Title,
                        cancellation => FixDocumentAsync(context.Document, ImmutableArray.Create(diagnostic), edit.Key, cancellation)!,
                        edit.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>The ways to mend the place, the preferred one first; none when each would break the code or change nothing.</summary>
    private protected abstract IEnumerable<Edit> FindEdits(FixSite site);

    private async Task<Document?> FixDocumentAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, string? key, CancellationToken cancellation)
    {
        var site = await Site(document, cancellation).ConfigureAwait(false);
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
        {
            // Fix-all leaves no place behind: where the chosen kind of edit is not to be had, the preferred one is made.
            var edits = FindEdits(site(diagnostic)).ToList();
            if ((edits.Find(edit => edit.Key == key) ?? edits.FirstOrDefault()) is { Elsewhere: null } chosen)
                chosen.Apply(editor);
        }

        return RuntimeTypes.AddUsing(editor.GetChangedDocument(), (CompilationUnitSyntax)editor.GetChangedRoot());
    }

    private static async Task<Document> ApplyAsync(Document document, Edit edit, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        edit.Apply(editor);
        return editor.GetChangedDocument();
    }

    private static async Task<Func<Diagnostic, FixSite>> Site(Document document, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var context = LockContext.Of(model.Compilation, document.Project.AnalyzerOptions, cancellation);
        return diagnostic => new FixSite(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), model, context, diagnostic, cancellation);
    }
}
