using LockAnalyzers.Framework;
using LockAnalyzers.Holding;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK112: a lock acquired inside the try whose finally always gives it back. When the acquisition is not made, the finally gives
/// back what somebody else holds, or throws (docs/rules/LOCK112.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK112ReleaseWithoutAcquireAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK112";

    private static readonly DiagnosticDescriptor ReleaseWithoutAcquire = Rule.Warning(
        Id,
        "A finally gives back a lock that may not have been taken",
        "'{0}' stands inside the try whose finally always calls '{1}'; when {2}, that gives back what was never taken. Acquire it before the try.",
        "A semaphore that is given back without having been taken lets one caller too many in from then on; other locks throw from the finally and hide the first exception. Acquire before the try, or give back only what was taken.");

    public LOCK112ReleaseWithoutAcquireAnalyzer()
        : base(ReleaseWithoutAcquire)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context) =>
        start.RegisterWaitCalls(context, (call, wait) =>
        {
            if (UnguardedRelease.Find(wait, context.Catalog) is not { } found)
                return;

            var (acquire, release) = (wait.Member.Name, found.Release.TargetMethod.Name);
            var place = call.Operation.Syntax.GetLocation();
            if (found.Failure(wait, context.Catalog) is { } failure)
                call.Report(Diagnostic.Create(ReleaseWithoutAcquire, place, acquire, release, failure));
            else if (!found.IsConditional(wait))
                call.Report(ReleaseWithoutAcquire.AtInfo(place, acquire, release, "it throws"));
        });
}
