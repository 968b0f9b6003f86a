// A call is what most rules look at.
global using CallContext = LockAnalyzers.Framework.CodeContext<Microsoft.CodeAnalysis.Operations.IInvocationOperation>;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Framework;

/// <summary>A piece of code that a rule looks at, and where it reports.</summary>
internal readonly struct CodeContext<TOperation>
    where TOperation : IOperation
{
    private readonly SyntaxNodeAnalysisContext _context;

    public CodeContext(TOperation operation, SyntaxNodeAnalysisContext context)
    {
        Operation = operation;
        _context = context;
    }

    public TOperation Operation { get; }

    /// <summary>The member around the code; of a lambda, the member that it stands in.</summary>
    public ISymbol ContainingSymbol => _context.ContainingSymbol!;

    public Compilation Compilation => _context.Compilation;

    public AnalyzerOptions Options => _context.Options;

    public CancellationToken Cancellation => _context.CancellationToken;

    public void Report(Diagnostic diagnostic) => _context.ReportDiagnostic(diagnostic);
}
