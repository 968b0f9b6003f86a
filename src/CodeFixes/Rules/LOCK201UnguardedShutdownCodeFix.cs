using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Arms the watchdog as the first statement of the handler; where the process may live on, only until the handler returns. A stop
/// member that awaits without its token is better served by the token, where the awaited call takes one: that comes first.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK201UnguardedShutdownCodeFix))]
public sealed class LOCK201UnguardedShutdownCodeFix : LockCodeFix
{
    public const string ArmKey = "LOCK201.Arm";
    public const string TokenKey = "LOCK201.Token";

    private static readonly SyntaxAnnotation Armed = new("LockAnalyzers.Armed");

    public LOCK201UnguardedShutdownCodeFix()
        : base(LOCK201UnguardedShutdownAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        var isAwait = site.Diagnostic.Properties.TryGetValue(LOCK201UnguardedShutdownAnalyzer.RiskProperty, out var risk) && risk == nameof(StepKind.Await);
        if (isAwait && site.Node is MethodDeclarationSyntax stop && TokenArgument.Find(site, stop) is { } token)
            yield return new Edit($"Pass '{token.Name}' on", TokenKey, editor => editor.ReplaceNode(token.Call, token.Fixed));

        var facts = new ShutdownFacts(site.Model.Compilation, site.Context.Catalog);
        if (!site.Runtime.IsReferenced || Handler(site, facts) is not { Function: { } function, Entry: var entry })
            yield break;
        if (entry.IsScoped && ((CSharpParseOptions)function.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8)
            yield break;

        // A method that only returns a task would disarm before the task has ended.
        var awaitsResult = isAwait && function is MethodDeclarationSyntax { Modifiers: var modifiers } && !modifiers.Any(SyntaxKind.AsyncKeyword);
        if (awaitsResult && !FirstStatement.CanAwaitResult((MethodDeclarationSyntax)function))
            yield break;

        var statement = Statement(site, entry, function).WithAdditionalAnnotations(Armed);
        yield return new Edit("Arm ShutdownWatchdog first (LockAnalyzers.Runtime)", ArmKey, editor => editor.ReplaceNode(
            function,
            // Several registrations may share one handler.
            (current, _) => current.GetAnnotatedNodes(Armed).Any(node => node.FirstAncestorOrSelf<SyntaxNode>(IsFunction) == current) ? current : FirstStatement.Insert(current, statement, awaitsResult)));
    }

    /// <summary>The handler's function, when it stands in this document.</summary>
    private static (SyntaxNode? Function, ShutdownRoot Entry) Handler(FixSite site, ShutdownFacts facts)
    {
        if (site.Node is MethodDeclarationSyntax method)
            return site.Model.GetDeclaredSymbol(method, site.Cancellation) is { } symbol && ShutdownRoots.Member(symbol, facts) is { } member ? (method, member.Entry) : default;

        var registration = site.Node.AncestorsAndSelf().FirstOrDefault(node => node is AssignmentExpressionSyntax or InvocationExpressionSyntax && node.SpanStart == site.Node.SpanStart && node != site.Node);
        if (registration is null || site.Model.GetOperation(registration, site.Cancellation) is not { } operation
            || ShutdownRoots.Registered(operation, site.Model.Compilation.Assembly, facts) is not { Handler: { } handler } root)
        {
            return default;
        }

        if (handler.Unwrapped() is ILocalReferenceOperation local && Definitions.SingleValue(local) is { } value)
            handler = value;
        return handler.Unwrapped() switch
        {
            IAnonymousFunctionOperation lambda => (lambda.Syntax, root.Entry),
            IMethodReferenceOperation { Method: var named } => (Declaration(named, site), root.Entry),
            _ => default,
        };
    }

    private static SyntaxNode? Declaration(IMethodSymbol method, FixSite site)
    {
        method = method.PartialImplementationPart ?? method;
        return method.DeclaringSyntaxReferences.FirstOrDefault(reference => reference.SyntaxTree == site.Model.SyntaxTree)?.GetSyntax(site.Cancellation);
    }

    private static StatementSyntax Statement(FixSite site, ShutdownRoot entry, SyntaxNode function)
    {
        var arguments = entry.Grace is { } grace
            ? ArgumentList(SingletonSeparatedList(Argument(ParseExpression($"{FrameworkName.TimeSpan(site)}.FromSeconds({grace})"))))
            : ArgumentList();
        ExpressionSyntax arm = InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, site.Runtime.Name("ShutdownWatchdog"), IdentifierName("Arm")), arguments);
        if (!entry.IsScoped)
            return ExpressionStatement(arm);

        var declaration = (LocalDeclarationStatementSyntax)ParseStatement($"using var {NewName.In(function, "watchdog")} = x;");
        return declaration.ReplaceNode(declaration.Declaration.Variables[0].Initializer!.Value, arm);
    }

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax;
}
