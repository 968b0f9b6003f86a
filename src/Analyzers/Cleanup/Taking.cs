using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Files;
using LockAnalyzers.Framework;
using LockAnalyzers.Loops;
using LockAnalyzers.Naming;
using LockAnalyzers.Native;
using LockAnalyzers.Races;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Sql;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Cleanup;

/// <summary>
/// Finds the acquisition behind a value. Other than for the rules about waits it does not matter whether it is bounded: for as long as
/// it may last, nobody can tell what will be held.
/// </summary>
internal sealed class Taking
{
    /// <summary>A value handed through more locals and methods than this was not met.</summary>
    private const int MostSteps = 3;

    private readonly SemanticModel _model;
    private readonly ShutdownFacts _facts;
    private readonly CancellationToken _cancellation;

    public Taking(SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        _model = model;
        _facts = facts;
        _cancellation = cancellation;
    }

    /// <summary>As messages name it: the call, or the text of a command.</summary>
    public static string NameOf(ExpressionSyntax acquisition) =>
        CallActions.NameOf(acquisition.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && acquisition is not LiteralExpressionSyntax ? call : acquisition)
        ?? (acquisition is LiteralExpressionSyntax { Token.ValueText: var text } ? text : acquisition.ToString());

    /// <summary>The call that acquires what the variable is filled with; null when it is filled with anything else.</summary>
    public ExpressionSyntax? Of(PendingWrite write) =>
        IsState(write.Value)
            ? Before(write, static _ => true)
            : ActsLater(write.Value) ? null
            : Behind(write.Value, write.Function)
                ?? (write.Value is IdentifierNameSyntax { Identifier.ValueText: var local }
                    ? Before(write, call => call.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var text } && text == local))
                    : null);

    /// <summary><c>new Timer(OnTick)</c>: the object is there at once, whatever it does later with what it was given.</summary>
    private bool ActsLater(ExpressionSyntax value) =>
        value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var given }
        && given.Any(argument => _model.GetTypeInfo(argument.Expression, _cancellation).ConvertedType?.TypeKind == TypeKind.Delegate);

    /// <summary>An acquisition that the function makes before it fills the variable.</summary>
    private ExpressionSyntax? Before(PendingWrite write, Func<ExpressionSyntax, bool> isMeant) =>
        write.Function.OwnNodes().OfType<ExpressionSyntax>().FirstOrDefault(call => call.SpanStart < write.Target.SpanStart && isMeant(call) && IsTaking(call, 0));

    /// <summary>What is set when the lock has been had: <c>true</c>, <c>State.Held</c>, a descriptor that was opened before.</summary>
    private bool IsState(ExpressionSyntax value) =>
        value.IsKind(SyntaxKind.TrueLiteralExpression) || _model.GetSymbolInfo(value, _cancellation).Symbol is IFieldSymbol { IsConst: true };

    /// <summary>The acquisition in an expression, or behind the locals in it.</summary>
    public ExpressionSyntax? Behind(ExpressionSyntax value, SyntaxNode function, int steps = 0)
    {
        foreach (var node in value.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax))
        {
            if (node is ExpressionSyntax call && IsTaking(call, steps))
                return call;
            if (node is AnonymousFunctionExpressionSyntax lambda && steps < MostSteps && InFunction(lambda, steps + 1) is { } inner)
                return inner;
        }

        if (steps >= MostSteps)
            return null;
        foreach (var name in value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (name.Parent is ArgumentSyntax && _model.GetSymbolInfo(name, _cancellation).Symbol is IMethodSymbol group && Declaration(group) is { } handed && InFunction(handed, steps + 1) is { } there)
                return there;
            foreach (var source in Sources(name, function))
            {
                if (Behind(source, function, steps + 1) is { } found)
                    return found;
            }
        }

        return null;
    }

    /// <summary>What a local, or the task given to a continuation, comes from.</summary>
    private IEnumerable<ExpressionSyntax> Sources(IdentifierNameSyntax name, SyntaxNode function)
    {
        var text = name.Identifier.ValueText;
        if (function is LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var antecedent } } } } lambda
            && Parameters(lambda).Contains(text, StringComparer.Ordinal))
        {
            yield return antecedent;
        }

        foreach (var node in function.OwnNodes())
        {
            if (node is VariableDeclaratorSyntax { Initializer.Value: var initial } local && local.Identifier.ValueText == text)
                yield return initial;
            else if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax left, Right: var right } && left.Identifier.ValueText == text && left != name && !right.Span.Contains(name.Span))
                yield return right;
            else if (node is SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } } designation && designation.Identifier.ValueText == text)
                yield return call;
            else if (node is SingleVariableDesignationSyntax { Parent: PatternSyntax pattern } matched && matched.Identifier.ValueText == text && pattern.FirstAncestorOrSelf<IsPatternExpressionSyntax>() is { } test)
                yield return test.Expression;
        }
    }

    private static IEnumerable<string> Parameters(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => new[] { simple.Parameter.Identifier.ValueText },
        ParenthesizedLambdaExpressionSyntax list => list.ParameterList.Parameters.Select(parameter => parameter.Identifier.ValueText),
        _ => Enumerable.Empty<string>(),
    };

    /// <summary>The first acquisition that a function makes.</summary>
    public ExpressionSyntax? InFunction(SyntaxNode function, int steps = 0) =>
        function.OwnNodes().OfType<ExpressionSyntax>().FirstOrDefault(call => IsTaking(call, steps));

    private bool IsTaking(ExpressionSyntax call, int steps)
    {
        if (call is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text)
            return SqlLockCall.Find(text.Token.ValueText, _facts.Catalog.SqlFunctions) is not null;
        if (call is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) && !(call is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var option }, Parent: InitializerExpressionSyntax } && _facts.WaitOptions.IsOption(option)))
            return false;
        if (_model.GetOperation(call, _cancellation) is not { } operation)
            return false;
        if (operation is not IInvocationOperation && _facts.WaitOptions.Find(operation) is not null)
            return true;
        var catalog = _facts.Catalog;
        if (RepeatedCode.Loops(call).Any() && ExclusiveOpen.Find(operation, catalog) is not null)
            return true; // Opening a file never blocks; a loop around it does.
        if (operation is not IInvocationOperation { TargetMethod: var method } invocation)
            return false;
        if (Wait.Find(invocation, catalog) is { } wait)
            return wait.Entry.Subject == WaitSubject.Lock && !wait.Entry.Release.IsEmpty && wait.Bound != Bound.Zero;
        if (NativeMethod.Find(method, catalog) is { } native)
            return native.Subject == WaitSubject.Lock && NativeCall.CanWaitForEver(invocation, native, catalog);
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return invocation.Instance is { } function && catalog.Says(Display.Of(function), NameSense.Acquisition);
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ReducedExtension))
            return false;
        return Acquisition.IsNamedSo(method, catalog)
            || catalog.Says(method.Name, NameSense.Acquisition)
            || (catalog.Says(method.Name, NameSense.Try) && CallBound.Of(invocation.Arguments) is not (Bound.None or Bound.Zero)) // One that gives no time is over at once.
            || _facts.WaitOptions.Find(invocation) is not null
            || (steps < MostSteps && Declaration(method) is { } own && InFunction(own, steps + 1) is not null);
    }

    /// <summary>A method of the same file, whose body tells more than its name.</summary>
    private SyntaxNode? Declaration(IMethodSymbol method)
    {
        foreach (var declaration in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree == _model.SyntaxTree)
                return declaration.GetSyntax(_cancellation);
        }

        return null;
    }
}
