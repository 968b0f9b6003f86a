using LockAnalyzers.Cleanup;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Framework;
using LockAnalyzers.Loops;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Cleanup;

/// <summary>The field that keeps the task of an acquisition: the one that does already, or a new one and what is stored in it.</summary>
internal sealed class KeptTask
{
    private static readonly SyntaxAnnotation Stored = new("LockAnalyzers.Stored");

    private readonly FixSite _site;
    private readonly TypeDeclarationSyntax _type;
    private readonly ExpressionSyntax? _call;
    private readonly ExpressionSyntax? _task;
    private readonly bool _isStatic;

    private KeptTask(FixSite site, TypeDeclarationSyntax type, string name, ExpressionSyntax? call, ExpressionSyntax? task, bool isStatic)
    {
        _site = site;
        _type = type;
        Name = name;
        _call = call;
        _task = task;
        _isStatic = isStatic;
    }

    public string Name { get; }

    /// <summary>True when the field was there before, and may be null.</summary>
    public bool IsOld => _call is null;

    /// <summary>Null for a thread, for a method that gives no task, for a beginning in a loop (one field keeps one task), and for locals.</summary>
    public static KeptTask? Find(FixSite site, FalseReport report)
    {
        if (report.Look.Variable.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || type is InterfaceDeclarationSyntax || report.Beginning.IsByHost
            || site.Model.GetSymbolInfo(report.Look.Variable, site.Cancellation).Symbol is not { Kind: SymbolKind.Field or SymbolKind.Property } variable)
        {
            return null;
        }

        if (report.Beginning.KeptIn is { } kept)
        {
            return type.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables).FirstOrDefault(field => field.Identifier.ValueText == kept) is { } declared
                && site.Model.GetDeclaredSymbol(declared, site.Cancellation) is IFieldSymbol { Type: { Name: "Task" } task } && task.IsTask()
                ? new KeptTask(site, type, kept, null, null, false)
                : null;
        }

        if (report.Beginning.Place is not InvocationExpressionSyntax begun || RepeatedCode.Loops(begun).Any() || begun.FirstAncestorOrSelf<TypeDeclarationSyntax>() != type)
            return null;
        var call = Whole(begun, site);
        return Task(call, site) is { } stored && (call.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax || call.Parent is AssignmentExpressionSyntax || stored.IsPlain)
            ? new KeptTask(site, type, NewName(type, variable, begun, site), call, stored.Task, variable.IsStatic)
            : null;
    }

    /// <summary>Stores the task where it is begun, and declares the field; both once, whichever reports are mended together.</summary>
    public void Apply(SyntaxEditor editor)
    {
        if (_call is null || _task is null)
            return;
        ExpressionSyntax whole = _call.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discard ? discard : _call;
        var assignment = AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression, IdentifierName(Name), Token(SyntaxKind.EqualsToken).WithLeadingTrivia(Space).WithTrailingTrivia(Space), _task.WithoutTrivia());
        ExpressionSyntax stored = whole.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax or ArgumentSyntax ? assignment : ParenthesizedExpression(assignment);
        stored = stored.WithTriviaFrom(whole).WithAdditionalAnnotations(Stored);
        editor.ReplaceNode(whole, (current, _) => current.HasAnnotation(Stored) ? current : current.CopyAnnotationsTo(stored));
        editor.ReplaceNode(_type, (current, _) => Declared((TypeDeclarationSyntax)current));
    }

    private SyntaxNode Declared(TypeDeclarationSyntax type)
    {
        var fields = type.Members.OfType<FieldDeclarationSyntax>().ToList();
        if (fields.Exists(field => field.Declaration.Variables.Any(variable => variable.Identifier.ValueText == Name)))
            return type;
        var end = _type.LineEnd();
        var indentation = (_type.Members.OfType<FieldDeclarationSyntax>().FirstOrDefault() ?? (SyntaxNode)_type.Members[0]).Indentation();
        var task = _site.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task")!.ToMinimalDisplayString(_site.Model, _type.Members[0].SpanStart);
        var field = ParseMemberDeclaration($"private {(_isStatic ? "static " : "")}{task} {Name} = {task}.CompletedTask;")!.WithLeadingTrivia(Whitespace(indentation)).WithTrailingTrivia(end);
        if (fields.Count > 0)
            return type.WithMembers(type.Members.Insert(type.Members.IndexOf(fields[fields.Count - 1]) + 1, field));
        return type.WithMembers(type.Members.Insert(0, field.WithTrailingTrivia(end, end)));
    }

    /// <summary>The call with <c>ContinueWith(…)</c> and the like behind it: what ends last.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax call, FixSite site)
    {
        while (call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContinueWith" or "Unwrap" or "AsTask", Parent: InvocationExpressionSyntax outer } access && access.Expression == call
            && site.Model.GetTypeInfo(outer, site.Cancellation).Type.IsTask())
        {
            call = outer;
        }

        return call;
    }

    /// <summary>The expression that gives the task; plain when it is one without a result, so that what stands around it goes on to compile.</summary>
    private static (ExpressionSyntax Task, bool IsPlain)? Task(ExpressionSyntax call, FixSite site)
    {
        var type = site.Model.GetTypeInfo(call, site.Cancellation).Type;
        if (type is INamedTypeSymbol { Name: "ValueTask" } && type.IsTask())
        {
            // ConfigureAwait and others behind it would be those of another type.
            return (InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, call.WithoutTrivia(), IdentifierName("AsTask"))), false);
        }

        return type is INamedTypeSymbol task && task.IsTask() ? (call, task.Arity == 0) : Queued(call) is { } run ? (run, false) : null;
    }

    /// <summary><c>ThreadPool.QueueUserWorkItem(_ => …)</c> as <c>Task.Run(() => …)</c>.</summary>
    private static ExpressionSyntax? Queued(ExpressionSyntax call)
    {
        if (call is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } || !(CallActions.NameOf(call) is "QueueUserWorkItem" or "UnsafeQueueUserWorkItem")
            || arguments[0].Expression is not SimpleLambdaExpressionSyntax { Parameter.Identifier.ValueText: "_", AsyncKeyword.RawKind: 0 } lambda || arguments.Skip(1).Any(state => !state.Expression.IsKind(SyntaxKind.NullLiteralExpression))
            || lambda.Body.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: "_" }))
        {
            return null;
        }

        var action = ParenthesizedLambdaExpression(lambda.Modifiers, ParameterList(), lambda.ArrowToken.WithLeadingTrivia(Space), lambda.Block, lambda.ExpressionBody);
        return InvocationExpression(ParseExpression("global::System.Threading.Tasks.Task.Run").WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation), ArgumentList(SingletonSeparatedList(Argument(action))));
    }

    /// <summary>In the style of the variable that is looked at. Each beginning of the type has a name of its own.</summary>
    private static string NewName(TypeDeclarationSyntax type, ISymbol variable, SyntaxNode begun, FixSite site)
    {
        var prefix = variable.Name.StartsWith("_", StringComparison.Ordinal) ? "_" : variable.Name.StartsWith("s_", StringComparison.Ordinal) ? "s_" : variable.Name.StartsWith("m_", StringComparison.Ordinal) ? "m_" : "";
        var number = type.Members.SelectMany(member => member.DescendantNodesAndSelf())
            .Where(node => CleanupName.Is(node, site.Context.Catalog))
            .SelectMany(function => FalseReport.In(function, site.Model, site.Context.Shutdown, site.Cancellation))
            .Where(report => report.Beginning is { KeptIn: null, IsByHost: false })
            .Select(report => report.Beginning.Place.SpanStart).Distinct().Count(start => start < begun.SpanStart);
        var taken = new HashSet<string>(type.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        for (var name = prefix + "acquiring"; ; number++)
        {
            var numbered = number == 0 ? name : name + (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (!taken.Contains(numbered))
                return numbered;
        }
    }
}
