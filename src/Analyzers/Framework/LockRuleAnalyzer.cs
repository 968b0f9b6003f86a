using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Framework;

/// <summary>
/// The start that all rules share: concurrent, silent in generated code and in test projects, and with a ready
/// <see cref="LockContext"/> that is made once per compilation.
/// </summary>
public abstract class LockRuleAnalyzer : DiagnosticAnalyzer
{
    private protected LockRuleAnalyzer(params DiagnosticDescriptor[] rules) => SupportedDiagnostics = ImmutableArray.Create(rules);

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var options = LockOptions.Of(start.Compilation, start.Options);
            if (options.AnalyzesTestProjects || !TestProject.Is(start.Compilation, start.Options))
                Register(start, LockContext.Of(start.Compilation, start.Options, options, start.CancellationToken));
        });
    }

    /// <summary>Registers the rule's actions, or none when the compilation holds nothing of interest.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext start, LockContext context);
}
