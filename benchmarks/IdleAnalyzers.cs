using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Benchmarks;

#pragma warning disable RS1025, RS1026, RS1036, RS1041, RS2008 // The base class configures; they are shipped to nobody.

/// <summary>Registers nothing: what the presence of any analyzer costs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public class NoOpAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Nothing = new("IDLE", "Nothing", "Nothing", "None", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Nothing];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
    }
}

/// <summary>Is shown the operations of every body and does nothing: what our rules must not ask for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IdleOperationAnalyzer : NoOpAnalyzer
{
    public override void Initialize(AnalysisContext context)
    {
        base.Initialize(context);
        context.RegisterOperationAction(static _ => { }, OperationKind.Invocation);
    }
}
