using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Native;
using LockAnalyzers.Rules;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Makes the native call a try and repeats it within a deadline. Where its own time-out will do and the caller looks at the
/// result, that is offered too; it needs nothing but the framework.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK105NativeWaitCodeFix))]
public sealed class LOCK105NativeWaitCodeFix : LockCodeFix
{
    public const string RetryKey = "LOCK105.Retry";
    public const string TimeoutKey = "LOCK105.Timeout";

    public LOCK105NativeWaitCodeFix()
        : base(LOCK105NativeWaitAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (site.Node is not InvocationExpressionSyntax invocation
            || site.Model.GetOperation(invocation, site.Cancellation) is not IInvocationOperation call
            || NativeMethod.Find(call.TargetMethod, site.Context.Catalog) is not { } wait
            || NativeCall.Argument(call, wait.Argument) is not { } deciding
            || Written(deciding) is not { } argument)
        {
            yield break;
        }

        var retry = site.Runtime.IsReferenced && wait.Try != NativeTryEdit.None && LambdaSafety.CanMove(invocation, site.Model)
            && WithTry(argument.Expression, deciding, wait, site.Model) is { } tryArgument
            ? Retry(site, call, wait, invocation.ReplaceNode(argument.Expression, tryArgument))
            : null;
        if (retry is not null)
            yield return retry;

        if (wait.HasTimeout && IsResultRead(invocation))
        {
            var timeout = new Edit(
                "Give the call a time-out of 10 s",
                TimeoutKey,
                editor => editor.ReplaceNode(argument.Expression, ParseExpression("10_000").WithTriviaFrom(argument.Expression)));
            yield return retry is null ? timeout.AsOnlyChoice() : timeout;
        }
    }

    /// <summary>The argument as it is written; the operation of a folded constant stands deeper.</summary>
    private static ArgumentSyntax? Written(IArgumentOperation argument) => argument.Syntax.FirstAncestorOrSelf<ArgumentSyntax>();

    private static Edit? Retry(FixSite site, IInvocationOperation call, NativeWait wait, InvocationExpressionSyntax attempt)
    {
        var invocation = (InvocationExpressionSyntax)call.Syntax;
        var isInt = call.TargetMethod.ReturnType.SpecialType == SpecialType.System_Int32;
        if (wait.Busy == NativeBusy.Unknown || (wait.Busy == NativeBusy.Errno && !isInt))
            return null;

        var arguments = new List<ArgumentSyntax> { RuntimeCall.Lambda(attempt) };
        if (wait.Busy == NativeBusy.Result)
            arguments.Add(RuntimeCall.StaticLambda("result", "result != " + BusyResult(call, wait)));
        var method = wait.Busy == NativeBusy.Errno ? "Native" : "Until";
        return new Edit("Retry within a deadline (LockAnalyzers.Runtime)", RetryKey, editor => editor.ReplaceNode(
            invocation,
            (ReadsErrno(site)
                ? RuntimeCall.WriteCall(site, "BoundedRetry", method, arguments)
                : RuntimeCall.Write(site, "BoundedRetry", method, arguments.ToArray())).InPlaceOf(invocation)));
    }

    /// <summary>True when the code around asks for the error of the call, which after an await may be that of another thread.</summary>
    private static bool ReadsErrno(FixSite site)
    {
        var readers = site.Context.Catalog.Words.Of("errno-readers");
        return site.Node.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes()
            .Any(node => node is SimpleNameSyntax { Identifier.ValueText: var name } && readers.Contains(name)) == true;
    }

    private static string BusyResult(IInvocationOperation call, NativeWait wait) =>
        call.TargetMethod.ReturnType.TypeKind == TypeKind.Enum
            ? $"({call.TargetMethod.ReturnType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}){wait.BusyResult}"
            : wait.BusyResult.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The argument that makes a try of the call; null when its value is not the one value that has a try form.</summary>
    private static ExpressionSyntax? WithTry(ExpressionSyntax old, IArgumentOperation deciding, NativeWait wait, SemanticModel model)
    {
        var value = wait.TryValue;
        if (wait.Try == NativeTryEdit.Replace
            && (ValueReader.ReadSingle(deciding.Value).Number is not { } waiting || !wait.TryValues.TryGetValue(waiting, out value)))
        {
            return null;
        }

        var flag = FlagName.Find(old, deciding.Parameter!.Type, value, model);
        if (wait.Try != NativeTryEdit.Add)
            return flag.WithTriviaFrom(old);
        var operand = old is ConditionalExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax
            ? ParenthesizedExpression(old.WithoutTrivia())
            : old.WithoutTrivia();
        return BinaryExpression(
            SyntaxKind.BitwiseOrExpression,
            operand,
            Token(TriviaList(Space), SyntaxKind.BarToken, TriviaList(Space)),
            flag).WithTriviaFrom(old);
    }

    private static bool IsResultRead(InvocationExpressionSyntax invocation) =>
        invocation.Parent is not ExpressionStatementSyntax
        && invocation.Parent is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } };
}
