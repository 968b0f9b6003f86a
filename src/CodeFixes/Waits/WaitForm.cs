using LockAnalyzers.Bounds;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Waits;

/// <summary>How one wait is written with a limit in time, or with a token. Each form is bound before it is offered.</summary>
internal sealed class WaitForm
{
    private const string NoTime = "default(global::System.TimeSpan)";
    private const string NoToken = "default(global::System.Threading.CancellationToken)";

    private readonly FixSite _site;
    private readonly Wait _wait;
    private readonly InvocationExpressionSyntax _call;
    private readonly string _name;

    public WaitForm(FixSite site, Wait wait, InvocationExpressionSyntax call)
    {
        _site = site;
        _wait = wait;
        _call = call;
        _name = wait.Behind is null && wait.Entry.Bounded is { } bounded ? bounded : wait.Member.Name;
    }

    /// <summary>
    /// The call with a limit, and whether it answers; null when the member has no such form. <paramref name="time"/> is how the limit
    /// is written, as a duration or as milliseconds.
    /// </summary>
    public (InvocationExpressionSyntax Call, bool Answers)? Timed(string time, string milliseconds)
    {
        if (_wait.Behind is not null && !HasPlainTimeout())
            return null;
        foreach (var (written, asked) in new[] { (time, NoTime), (milliseconds, "0") })
        {
            if (Bind(WithTime(asked)) is { } method && method.Parameters.Any(parameter => CallBound.IsTimeout(parameter.Type, parameter.Name)))
                return (WithTime(written), IsBool(method.ReturnType.WithoutTask()));
        }

        return null;
    }

    /// <summary>True when a call of a wrapper gives a time-out whose unit is known: a duration, or milliseconds that are handed on as they are.</summary>
    private bool HasPlainTimeout() => _wait.Arguments.Any(argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter }
        && CallBound.IsTimeout(parameter.Type, parameter.Name) && CallBound.OfTimeout(argument.Value) == Bound.None
        && (parameter.Type.WithoutNullable().IsDuration() || (_wait.IsUnchanged && TimeUnit.Of(parameter.Name) == TimeSpan.FromMilliseconds(1))));

    /// <summary>The delegate that <c>BoundedWait.For</c> asks for: the method itself, or a lambda around the call.</summary>
    public ExpressionSyntax? Delegate()
    {
        if (_call.Expression is not MemberAccessExpressionSyntax access || _site.Model.GetTypeInfo(access.Expression).Type is { IsValueType: true })
            return null; // A delegate of a struct's method works on a copy.
        if (Kept().Count == 0 && Bind(Called(_name, ParseExpression(NoTime))) is { Parameters.Length: 1, ReturnType: var answer } && IsBool(answer))
            return Named(_name).WithoutTrivia();

        var name = NewName.In(_call, "time");
        return Timed(name, $"(int){name}.TotalMilliseconds") is { Answers: true } timed && LambdaSafety.CanMove(_call, _site.Model)
            ? SimpleLambdaExpression(Parameter(Identifier(name)), timed.Call.WithoutTrivia())
                .WithArrowToken(Token(TriviaList(Space), SyntaxKind.EqualsGreaterThanToken, TriviaList(Space)))
            : null;
    }

    /// <summary>The method that takes a token and returns a task: the wait itself, or its asynchronous twin.</summary>
    public ExpressionSyntax? AsyncDelegate()
    {
        if (Kept().Count > 0 || _call.Expression is not MemberAccessExpressionSyntax)
            return null;
        var name = _wait.Operation.Type.IsTask() ? _wait.Member.Name : _wait.Member.Name + "Async";
        return Bind(Called(name, ParseExpression(NoToken))) is { Parameters.Length: 1, ReturnType: var type } && type.IsTask() ? Named(name).WithoutTrivia() : null;
    }

    /// <summary>The arguments that stay: what is waited for, not how long.</summary>
    private List<ArgumentSyntax> Kept()
    {
        var limits = _wait.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter is { } parameter
            && (parameter.Type.IsToken() || CallBound.IsTimeout(parameter.Type, parameter.Name))).Select(argument => argument.Syntax).ToList();
        return _call.ArgumentList.Arguments.Where(argument => !limits.Contains(argument)).ToList();
    }

    /// <summary>In place of an infinite time-out, else behind what is waited for.</summary>
    private InvocationExpressionSyntax WithTime(string time)
    {
        var infinite = _wait.Arguments.FirstOrDefault(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter is { } parameter
            && CallBound.IsTimeout(parameter.Type, parameter.Name))?.Syntax as ArgumentSyntax;
        if (infinite is not null && _name == _wait.Member.Name)
            return _call.ReplaceNode(infinite.Expression, ParseExpression(time).WithTriviaFrom(infinite.Expression));
        var kept = Kept();
        return Called(_name, kept.Select(argument => argument.Expression.WithoutTrivia()).Append(ParseExpression(time)).ToArray());
    }

    private InvocationExpressionSyntax Called(string name, params ExpressionSyntax[] arguments) =>
        _call.WithExpression(Named(name)).WithArgumentList(ArgumentList(SeparatedList(arguments.Select(Argument), Enumerable.Repeat(RuntimeCall.Comma, arguments.Length - 1)))
            .WithTrailingTrivia(_call.ArgumentList.GetTrailingTrivia()));

    private ExpressionSyntax Named(string name) => _call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.WithName(IdentifierName(name)),
        MemberBindingExpressionSyntax binding => binding.WithName(IdentifierName(name)),
        var other => other,
    };

    private IMethodSymbol? Bind(InvocationExpressionSyntax call)
    {
        // Behind a '?.' the call has no meaning of its own: the object before it is asked instead.
        if (call.Expression is MemberBindingExpressionSyntax binding && _call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access)
            call = call.WithExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, ParenthesizedExpression(access.Expression.WithoutTrivia()), binding.Name));
        return _site.Model.GetSpeculativeSymbolInfo(_call.SpanStart, call, SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;
    }

    private static bool IsBool(ITypeSymbol type) => type.SpecialType == SpecialType.System_Boolean;
}
