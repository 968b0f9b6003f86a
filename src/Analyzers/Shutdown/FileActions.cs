using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Shutdown;

/// <summary>
/// How a rule asks to see what matters to a shutdown: file by file. An editor shows what is reported inside the piece of code that a
/// rule was shown, and what a root leads to often stands in another member than the root (LOCK202 at the wait, LOCK206 at the handler).
/// </summary>
internal static class FileActions
{
    public static void RegisterRoots(this CompilationStartAnalysisContext start, ShutdownFacts facts, Action<SyntaxNodeAnalysisContext, Root> action) =>
        start.RegisterFiles(facts, (node, file) =>
        {
            foreach (var root in file.Roots)
                action(node, root);
        });

    public static void RegisterFiles(this CompilationStartAnalysisContext start, ShutdownFacts facts, Action<SyntaxNodeAnalysisContext, ShutdownFile> action) =>
        start.RegisterSyntaxNodeAction(node => action(node, facts.File(node.SemanticModel, node.CancellationToken)), SyntaxKind.CompilationUnit);
}
