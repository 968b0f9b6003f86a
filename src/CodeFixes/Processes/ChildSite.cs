using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Processes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Processes;

/// <summary>A reported wait for a child, with the statement before which its streams can be taken in hand.</summary>
internal sealed class ChildSite
{
    private readonly SyntaxNode _scope;

    private ChildSite(FixSite site, UndrainedChild fault, IInvocationOperation call, StatementSyntax statement, string process)
    {
        Site = site;
        Fault = fault;
        Call = call;
        Statement = statement;
        Process = process;
        Catalog = site.Context.Catalog;
        Order = new SourceOrder(fault.Read ?? call, fault.Child.Declaration);
        _scope = statement.Parent is GlobalStatementSyntax global ? global.Parent! : statement.Parent!;
    }

    public FixSite Site { get; }

    public UndrainedChild Fault { get; }

    /// <summary>The reported call.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>What holds the first call that blocks; new statements go before it.</summary>
    public StatementSyntax Statement { get; }

    /// <summary>The process as the code names it.</summary>
    public string Process { get; }

    public ResolvedCatalog Catalog { get; }

    /// <summary>What comes before the first call that blocks.</summary>
    public SourceOrder Order { get; }

    /// <summary>The wait that is reported, or that follows the reported read, as a statement of its own; null when it is part of something else.</summary>
    public StatementSyntax? WaitStatement => Call.Syntax is ExpressionSyntax expression && OutOfAwait(expression).Parent is ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement
        ? statement
        : null;

    public static ChildSite? Find(FixSite site)
    {
        if (site.Model.GetOperation(site.Node, site.Cancellation) is not IInvocationOperation call
            || UndrainedChild.Find(call, site.Context.Catalog) is not { } fault)
        {
            return null;
        }

        var first = fault.Read ?? call;
        if (StatementOf(first.Syntax) is not { } statement || NameOf(fault.Child.Uses[0].Reference) is not { } process)
            return null;
        return new ChildSite(site, fault, call, statement, process);
    }

    /// <summary>True when a local declared before <see cref="Statement"/> can be used at the place, which comes after it.</summary>
    public bool Sees(SyntaxNode place) =>
        _scope.Span.Contains(place.Span) && place.SpanStart >= Statement.SpanStart
        && !place.Ancestors().TakeWhile(node => node != _scope).Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    /// <summary>Puts statements, given as text, before <see cref="Statement"/>, which keeps its place and indentation.</summary>
    public void InsertBefore(SyntaxEditor editor, IEnumerable<StatementSyntax> statements)
    {
        var leading = Statement.GetLeadingTrivia();
        var indentation = leading.LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? TriviaList(last) : TriviaList();
        var newLine = Statement.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var placed = statements.Select((statement, index) =>
            statement.WithLeadingTrivia(index == 0 ? leading : indentation).WithTrailingTrivia(newLine == default ? LineFeed : newLine));
        if (Statement.Parent is GlobalStatementSyntax global)
            editor.InsertBefore(global, placed.Select(statement => GlobalStatement(statement)));
        else
            editor.InsertBefore(Statement, placed);
        editor.ReplaceNode(Statement, (current, _) => current.WithLeadingTrivia(indentation));
    }

    /// <summary>The expression with the await and <c>ConfigureAwait</c> around it.</summary>
    public static ExpressionSyntax OutOfAwait(ExpressionSyntax call) => call.Parent switch
    {
        AwaitExpressionSyntax awaited => awaited,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax awaited } } => awaited,
        _ => call,
    };

    private static StatementSyntax? StatementOf(SyntaxNode node)
    {
        foreach (var ancestor in node.AncestorsAndSelf())
        {
            if (ancestor is AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax)
                return null;
            if (ancestor is StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement)
                return ancestor is LocalFunctionStatementSyntax ? null : statement;
        }

        return null;
    }

    private static string? NameOf(IOperation reference) => reference.Syntax is IdentifierNameSyntax or MemberAccessExpressionSyntax ? reference.Syntax.ToString() : null;
}
