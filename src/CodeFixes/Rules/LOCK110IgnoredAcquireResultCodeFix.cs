using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Holding;
using LockAnalyzers.Naming;
using LockAnalyzers.Rules;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Calls the form that throws, where the library has one; else tests the answer and throws, or leaves. In cleanup code, where an
/// exception hides another, leaving comes first.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK110IgnoredAcquireResultCodeFix))]
public sealed class LOCK110IgnoredAcquireResultCodeFix : LockCodeFix
{
    public const string ThrowKey = "LOCK110.Throw";
    public const string LeaveKey = "LOCK110.Leave";

    public LOCK110IgnoredAcquireResultCodeFix()
        : base(LOCK110IgnoredAcquireResultAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        var catalog = site.Context.Catalog;
        if (Wait.Find(site.Model.GetOperation(site.Node, site.Cancellation), catalog) is not { } wait || !IgnoredAnswer.Of(wait, catalog))
            return Array.Empty<Edit>();

        if (ThrowingForm(site, wait) is { } name)
            return new[] { new Edit("Throw when it is not acquired", ThrowKey, editor => editor.ReplaceNode(name.Old, name.New)).AsOnlyChoice() };
        if (RefusalTest.Find(wait) is not { } test)
            return Array.Empty<Edit>();

        var edits = new List<Edit> { new("Throw when it is not acquired", ThrowKey, editor => Apply(test, wait, catalog, editor, RefusalTest.Throwing(site))) };
        if (RefusalTest.Leaving(site) is { } leave)
            edits.Insert(CleanupCode.Contains(site.Node, catalog.Words.Of("cleanup")) ? 0 : 1, new("Leave when it is not acquired", LeaveKey, editor => Apply(test, wait, catalog, editor, leave)));
        return edits.Count == 1 ? new[] { edits[0].AsOnlyChoice() } : edits;
    }

    /// <summary>In a try whose finally gives it back, the way out must not run into that.</summary>
    private static void Apply(RefusalTest test, Wait wait, ResolvedCatalog catalog, SyntaxEditor editor, string reaction)
    {
        if (test.Replaces && UnguardedRelease.Find(wait, catalog) is { } found && GuardedAcquisition.Find(wait, found, indentation => test.At(indentation, reaction)) is { } acquisition)
            acquisition.Tie(editor);
        else
            test.Apply(editor, reaction);
    }

    /// <summary><c>TryAcquire(time-out)</c> becomes <c>Acquire(time-out)</c> where that takes the same arguments; without a time-out it would wait for ever.</summary>
    private static (SimpleNameSyntax Old, SimpleNameSyntax New)? ThrowingForm(FixSite site, Wait wait)
    {
        const string Try = "Try";
        if (wait.Entry.Answer != WaitAnswer.Null || !wait.Member.Name.StartsWith(Try, StringComparison.Ordinal)
            || !wait.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter is { } parameter && CallBound.IsTimeout(parameter.Type, parameter.Name) && CallBound.OfTimeout(argument.Value) == Bound.Finite)
            || wait.Operation.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } } call)
        {
            return null;
        }

        var throwing = SyntaxFactory.IdentifierName(name.Identifier.ValueText.Substring(Try.Length)).WithTriviaFrom(name);
        return site.Model.GetSpeculativeSymbolInfo(call.SpanStart, call.ReplaceNode(name, throwing), SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol
            ? (name, throwing)
            : null;
    }
}
