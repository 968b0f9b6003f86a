using LockAnalyzers.Catalog;
using LockAnalyzers.Contention;
using LockAnalyzers.Files;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK102: a file is opened for one user alone, as a lock, and nothing says how long to wait for it. Opening never waits: a
/// bare open fails at once when two processes start together. Files opened for their content, probes, and opens whose failure
/// somebody expects are left alone; endless loops are LOCK107's (docs/rules/LOCK102.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK102ExclusiveFileLockAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK102";

    private static readonly DiagnosticDescriptor ExclusiveFileLock = Rule.Warning(
        Id,
        "A lock file is opened with no deadline",
        "'{0}' takes a file as a lock with no deadline: it throws at once while somebody else holds the file, and nothing here expects that. Retry within a deadline.",
        "Opening a file exclusively never waits: it throws when the file is held. As a lock it needs a retry that ends, or processes that start together collide.");

    public LOCK102ExclusiveFileLockAnalyzer()
        : base(ExclusiveFileLock)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var (opens, regions) = (context.Catalog.FileOpens, context.Catalog.RegionLocks);
        start.RegisterCalls(
            name => opens.HasName(name) || regions.HasName(name),
            method => opens.Find(method) is not null || regions.Find(method) is not null,
            call => Analyze(call, context.Catalog));
        start.RegisterCreations(opens.HasConstructorOf, method => opens.Find(method) is not null, creation => Analyze(creation, context.Catalog));
    }

    private static void Analyze(CodeContext<IOperation> context, ResolvedCatalog catalog)
    {
        var call = context.Operation;
        var open = ExclusiveOpen.Find(call, catalog);
        if (open is null && (call is not IInvocationOperation invocation || catalog.RegionLocks.Find(invocation.TargetMethod) is null))
            return;
        if (open is not null && !LockEvidence.IsContested(open, catalog))
            return;

        if (ContentionPlan.Of(call, context.ContainingSymbol, Thrown.HeldFile, catalog) == Plan.Bare
            && (open is null || LockEvidence.IsLock(open, context.ContainingSymbol, catalog)))
        {
            context.Report(Diagnostic.Create(ExclusiveFileLock, call.Syntax.GetLocation(), FileAttempt.NameOf(call)));
        }
    }
}
