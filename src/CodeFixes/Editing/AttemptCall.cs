using LockAnalyzers.Values;
using LockAnalyzers.WaitOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>The call that waits, made ready to become one attempt of a bounded retry.</summary>
internal sealed class AttemptCall
{
    private readonly FixSite _site;
    private readonly ITypeSymbol _result;
    private readonly bool _isTask;
    private readonly string? _isContention;

    private AttemptCall(FixSite site, ExpressionSyntax call, ITypeSymbol result, bool isTask, string? isContention)
    {
        _site = site;
        _result = result;
        _isTask = isTask;
        _isContention = isContention;
        Replaced = call;
    }

    public ExpressionSyntax Replaced { get; }

    /// <summary>
    /// Null when the call is not in this member or cannot stand in a lambda; and when what it gives back can neither be awaited
    /// again nor used as it is.
    /// </summary>
    public static AttemptCall? Find(FixSite site, WaitOptionUse use)
    {
        if (use.Consumer is not { Syntax: ExpressionSyntax call } consumer
            || !LambdaSafety.CanMove(call, site.Model))
        {
            return null;
        }

        var result = site.Model.GetTypeInfo(call, site.Cancellation).Type;
        if (result is null || (!IsTask(result) && IsAwaited(call) is false && IsAwaitable(result)))
            return null;
        return new AttemptCall(site, call, result, IsTask(result) || IsAwaited(call), ContentionException.Predicate(consumer, site));
    }

    /// <summary>Turns the option off, in the call or where it was set before, and puts the retry around the call.</summary>
    public void Apply(SyntaxEditor editor, OptionSwitch off)
    {
        var isInside = Replaced.Span.Contains(off.Old.Span);
        if (!isInside)
            editor.ReplaceNode(off.Old, off.New);

        var attempt = ExplicitCreation(isInside ? Replaced.ReplaceNode(off.Old, off.New) : Replaced).WithoutTrivia();
        var arguments = new List<ArgumentSyntax> { _isTask ? AsyncLambda(attempt) : RuntimeCall.Lambda(attempt) };
        var verb = Verb(arguments);
        editor.ReplaceNode(
            Replaced, RuntimeCall.WriteCall(_site, "BoundedRetry", _isTask ? verb + "Async" : verb, arguments).WithTriviaFrom(Replaced));
    }

    /// <summary>In a lambda, <c>new(…)</c> no longer knows its type.</summary>
    private ExpressionSyntax ExplicitCreation(ExpressionSyntax attempt) =>
        attempt is ImplicitObjectCreationExpressionSyntax creation
            ? ObjectCreationExpression(
                creation.NewKeyword.WithTrailingTrivia(Space),
                ParseTypeName(_result.ToMinimalDisplayString(_site.Model, _site.Node.SpanStart)),
                creation.ArgumentList,
                creation.Initializer)
            : attempt;

    private string Verb(List<ArgumentSyntax> arguments)
    {
        if (_result.WithoutTask().SpecialType == SpecialType.System_Boolean)
        {
            arguments.Add(RuntimeCall.StaticLambda("acquired", "acquired"));
            return "Until";
        }

        if (_result.WithoutTask() is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
            return "Acquire";
        if (_isContention is not null)
            arguments.Add(RuntimeCall.StaticLambda("exception", _isContention));
        return "Invoke";
    }

    /// <summary>A task is handed on as it is; anything else that can be awaited is awaited inside.</summary>
    private ArgumentSyntax AsyncLambda(ExpressionSyntax attempt) =>
        Argument(ParseExpression(IsTask(_result) ? "_ => X" : "async _ => await X") is LambdaExpressionSyntax lambda
            ? lambda.ReplaceNode(lambda.DescendantNodes().OfType<IdentifierNameSyntax>().Single(name => name.Identifier.ValueText == "X"), attempt)
            : throw new InvalidOperationException());

    /// <summary>A <c>Task</c>, which the Runtime takes as it is; a <c>ValueTask</c> is not one.</summary>
    private static bool IsTask(ITypeSymbol type) => type is { Name: "Task" } && type.IsTask();

    private static bool IsAwaitable(ITypeSymbol type) => type.GetMembers("GetAwaiter").Length > 0;

    private static bool IsAwaited(ExpressionSyntax call) =>
        call.Parent is AwaitExpressionSyntax
        || call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax } };
}
