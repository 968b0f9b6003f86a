using LockAnalyzers.Catalog;
using LockAnalyzers.Contention;
using LockAnalyzers.Files;
using LockAnalyzers.Loops;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Attempts;

/// <summary>
/// A call of anybody's in a loop with pauses. It is a try to take a lock where it decides on leaving the loop and the member around,
/// the call or the handler of its failure speaks of a lock: an insert of a lock row, a request to a peer, a key that is set.
/// </summary>
internal static class LockEvidenceInLoop
{
    public static IEnumerable<EndlessRetry> Judge(IInvocationOperation call, ResolvedCatalog catalog)
    {
        if (call.Type is null || catalog.PauseWords.Contains(call.TargetMethod.Name) || IsPartOfCall(call) || catalog.Says(call.TargetMethod.Name, NameSense.LockEnd))
            yield break;
        var isAcquisition = IsInAcquisition(call, catalog);
        var speaks = isAcquisition || Speaks(call.Syntax, catalog) || RunsLockText(call, catalog) || TriesInside(call, catalog);

        // A refusal that throws: into a handler written for it, or any handler where the call speaks of a lock.
        if (IsInTry(call))
        {
            var acquires = catalog.Says(call.TargetMethod.Name, NameSense.Try) || Words.Of(call.TargetMethod.Name) is { Count: > 0 } words && catalog.Words.Of("acquire-verb").Contains(words[0]);
            var retry = RetryLoop.AfterException(call, type => SpeaksOfContention(type, catalog) || (acquires && Thrown.HeldFile.IsCaughtBy(type)), catalog);
            if (retry.Place is { } place)
                yield return new EndlessRetry(place, call, FileAttempt.NameOf(call));
        }

        if (!speaks || call.Type.SpecialType == SpecialType.System_Void)
            yield break;
        var result = call.TargetMethod.ReturnType.WithoutTask();
        var refusal = result.SpecialType == SpecialType.System_Boolean ? Refusal.False
            : result is { NullableAnnotation: NullableAnnotation.Annotated, SpecialType: not SpecialType.System_Object } ? Refusal.Null
            : Refusal.Unknown;
        if (RetryLoop.AfterAnswer(new Attempt(call, refusal, FileAttempt.NameOf(call)), catalog).Place is { } loop)
            yield return new EndlessRetry(loop, call, FileAttempt.NameOf(call));
    }

    /// <summary>Only the outermost call of a chain gives the answer.</summary>
    private static bool IsPartOfCall(IInvocationOperation call) =>
        call.Parent is IInvocationOperation { Instance: { } instance } outer && instance == call && !outer.Type.IsTask();

    private static bool IsInTry(IOperation call)
    {
        for (var (child, parent) = (call, call.Parent); parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is ITryOperation { Catches.IsEmpty: false } tried && tried.Body == child)
                return true;
        }

        return false;
    }

    private static bool SpeaksOfContention(ITypeSymbol? caught, ResolvedCatalog catalog) =>
        caught is not null && Words.Of(caught.Name).Exists(catalog.Words.Of("held-type").Contains);

    /// <summary>The member, local function or variable of a lambda around the call is there to wait for a lock.</summary>
    private static bool IsInAcquisition(IOperation call, ResolvedCatalog catalog)
    {
        foreach (var node in call.Syntax.Ancestors())
        {
            var name = node switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                LocalFunctionStatementSyntax local => local.Identifier.ValueText,
                VariableDeclaratorSyntax { Initializer.Value: AnonymousFunctionExpressionSyntax } variable => variable.Identifier.ValueText,
                _ => null,
            };
            if (name is not null && catalog.Says(name, NameSense.Acquisition))
                return true;
            if (node is MethodDeclarationSyntax)
                return false;
        }

        return false;
    }

    /// <summary>A name or a text in the code speaks of a lock.</summary>
    private static bool Speaks(SyntaxNode code, ResolvedCatalog catalog, bool onlyTexts = false)
    {
        foreach (var token in code.DescendantTokens())
        {
            if ((token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken) || (!onlyTexts && token.IsKind(SyntaxKind.IdentifierToken)))
                && token.ValueText.Length < 200 && Words.Of(token.ValueText) is { } words
                && words.Exists(catalog.Words.Of("lock-noun").Contains) && !words.Exists(catalog.Words.Of("lock-end").Contains))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A command of a database, whose text stands somewhere in the function.</summary>
    private static bool RunsLockText(IInvocationOperation call, ResolvedCatalog catalog) =>
        catalog.SqlRuns.Find(call.TargetMethod) is not null && RepeatedCode.Function(call.Syntax) is { } function && Speaks(function, catalog, onlyTexts: true);

    /// <summary>A method of this file that says whether it could open a file for itself alone, or take a lock.</summary>
    private static bool TriesInside(IInvocationOperation call, ResolvedCatalog catalog) =>
        call.TargetMethod.ReturnType.WithoutTask() is { SpecialType: SpecialType.System_Boolean } or { NullableAnnotation: NullableAnnotation.Annotated }
        && SourceBody.Of(call.TargetMethod, call.SemanticModel)?.Descendants().Any(operation =>
            FileAttempt.Find(operation, catalog) is { IsExclusive: true } || TryCall.Find(operation, catalog) is not null) == true;
}
