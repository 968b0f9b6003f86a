using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Arms the watchdog in place of a guard that does nothing but wait and end the process, after the same time. In a handler that the end
/// waits for, the exit code is set instead of asking for the end.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK205IneffectiveGuardCodeFix))]
public sealed class LOCK205IneffectiveGuardCodeFix : LockCodeFix
{
    public const string ArmKey = "LOCK205.Arm";
    public const string ExitCodeKey = "LOCK205.ExitCode";

    public LOCK205IneffectiveGuardCodeFix()
        : base(LOCK205IneffectiveGuardAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (site.Diagnostic.AdditionalLocations.Count == 0)
        {
            if (site.Node is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments, Expression: MemberAccessExpressionSyntax access } exit)
            {
                yield return new Edit("Set the exit code instead", ExitCodeKey, editor => editor.ReplaceNode(exit, AssignmentExpression(
                    SyntaxKind.SimpleAssignmentExpression,
                    access.WithName(IdentifierName("ExitCode")).WithTrailingTrivia(Space),
                    Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
                    arguments[0].Expression.WithoutTrivia()).WithTriviaFrom(exit)));
            }

            yield break;
        }

        if (site.Runtime.IsReferenced && GuardSwap.Find(site) is { } swap)
            yield return new Edit("Arm ShutdownWatchdog instead (LockAnalyzers.Runtime)", ArmKey, editor => editor.ReplaceNode(swap.Old, swap.New));
    }
}
