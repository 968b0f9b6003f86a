using LockAnalyzers.Framework;
using LockAnalyzers.Native;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK105: a native call that waits for ever. Nothing managed reaches a thread inside it: no token, no interrupt, no
/// time-out. Judged by entry point and by the value of the deciding argument (docs/rules/LOCK105.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK105NativeWaitAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK105";

    private static readonly DiagnosticDescriptor NativeWait = Rule.Warning(
        Id,
        "A native call waits with nothing to end it",
        "'{0}' waits in the kernel until somebody else lets go; no token, time-out or interrupt can end it. Try without waiting, and retry within a deadline.",
        "A thread inside a blocking native call cannot be cancelled or interrupted by managed code. Add the non-blocking flag and retry within a deadline, or give it a finite time-out.");

    public LOCK105NativeWaitAnalyzer()
        : base(NativeWait)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var imports = DeclaredNames.Imports(start.Compilation);
        start.RegisterCalls(
            name => context.Catalog.NativeWaits.ContainsKey(name) || imports.Contains(name),
            method => NativeMethod.Find(method, context.Catalog) is not null,
            call => Analyze(call, context));
        start.RegisterWrapperCalls(context, call =>
        {
            if (context.Wrappers.FindNative(call.Operation) is { } behind)
                call.Report(Diagnostic.Create(NativeWait, call.Operation.Syntax.GetLocation(), new[] { behind.Operation.Syntax.GetLocation() }, $"{Display.OfCall(call.Operation)} → {behind.Native!.Name}"));
        });
    }

    private static void Analyze(CodeContext<IOperation> context, LockContext lockContext)
    {
        if (context.Operation is IInvocationOperation call && NativeMethod.Find(call.TargetMethod, lockContext.Catalog) is { } wait
            && NativeCall.CanWaitForEver(call, wait, lockContext.Catalog))
        {
            context.Report(Diagnostic.Create(NativeWait, call.Syntax.GetLocation(), wait.Name));
        }
    }
}
