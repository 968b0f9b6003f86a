using LockAnalyzers.Shutdown.Roots;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Shutdown;

/// <summary>
/// How a rule asks to see what matters to a shutdown: file by file. An editor shows what is reported inside the piece of code that a
/// rule was shown, and what a root leads to often stands in another member than the root (LOCK202 at the wait, LOCK206 at the handler).
/// A file as such, not its topmost node: for an action on nodes the compiler asks for the kind of every node of every member.
/// </summary>
internal static class FileActions
{
    public static void RegisterRoots(this CompilationStartAnalysisContext start, ShutdownFacts facts, Action<SemanticModelAnalysisContext, Root> action) =>
        start.RegisterFiles(facts, (file, found) =>
        {
            foreach (var root in found.Roots)
                action(file, root);
        });

    public static void RegisterFiles(this CompilationStartAnalysisContext start, ShutdownFacts facts, Action<SemanticModelAnalysisContext, ShutdownFile> action) =>
        start.RegisterSemanticModelAction(file => action(file, facts.File(file.SemanticModel, file.CancellationToken)));
}
