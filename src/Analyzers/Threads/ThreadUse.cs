using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Threads;

/// <summary>
/// What becomes of a thread that is made: whether it is started, made a background thread, joined. Read off the source, by the names
/// that it goes by: a local in its member, a field or property in all parts of its type.
/// </summary>
internal sealed class ThreadUse
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly INamedTypeSymbol? _type;

    private ThreadUse(INamedTypeSymbol? type) => _type = type;

    public bool IsStarted { get; private set; }

    /// <summary>True when anything but false is ever assigned.</summary>
    public bool IsBackground { get; private set; }

    public bool IsJoined { get; private set; }

    public bool IsJoinedWithBound { get; private set; }

    /// <summary>True when it is handed to code that may do any of this.</summary>
    public bool Escapes { get; private set; }

    /// <summary>Where it is said to be no background thread; null when that is said nowhere.</summary>
    public ExpressionSyntax? Denial { get; private set; }

    /// <summary>Null for what is not kept in a variable and not started either.</summary>
    public static ThreadUse? Of(BaseObjectCreationExpressionSyntax creation, SemanticModel model, CancellationToken cancellation)
    {
        var type = creation.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        var use = new ThreadUse(type is null ? null : model.GetDeclaredSymbol(type, cancellation) as INamedTypeSymbol);
        foreach (var set in creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>() ?? Enumerable.Empty<AssignmentExpressionSyntax>())
            use.Set(CallActions.NameOf(set.Left), set.Right);

        if (!use.Keep(creation))
            return null;
        use.Read(new[] { (SyntaxNode?)creation.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? creation.SyntaxTree.GetRoot(cancellation) });
        if (use._members.Count > 0 && use._type is not null)
        {
            use._names.Clear();
            use._names.UnionWith(use._members);
            use.Read(use._type.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellation)));
        }

        return use;
    }

    /// <summary>Notes the variable that the new thread is kept in.</summary>
    private bool Keep(SyntaxNode creation)
    {
        var node = creation;
        while (node.Parent is ParenthesizedExpressionSyntax or InitializerExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CollectionElementSyntax or CollectionExpressionSyntax or PostfixUnaryExpressionSyntax
            || (node is InitializerExpressionSyntax && node.Parent is BaseObjectCreationExpressionSyntax))
        {
            node = node.Parent;
        }

        switch (node.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                Name(declarator.Identifier.ValueText);
                return true;
            case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                Name(property.Identifier.ValueText);
                return true;
            case AssignmentExpressionSyntax assignment when assignment.Right == node && Last(assignment.Left) is { } name:
                Name(name);
                IsStarted |= assignment.Parent is ParenthesizedExpressionSyntax { Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Thread.Start) } };
                return true;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Thread.Start) or "UnsafeStart" }:
                IsStarted = true;
                return true;
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } when Collects(call) is { } list:
                Name(list);
                return true;
            default:
                return false;
        }
    }

    private void Name(string name)
    {
        _names.Add(name);
        if (_type is not null && _type.GetMembers(name).Any(member => member is IFieldSymbol or IPropertySymbol))
            _members.Add(name);
    }

    private void Read(IEnumerable<SyntaxNode> code)
    {
        foreach (var part in code)
        {
            foreach (var node in part.DescendantNodes())
                Visit(node);
        }
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case AssignmentExpressionSyntax { Left: TupleExpressionSyntax left, Right: TupleExpressionSyntax right }:
                foreach (var (target, value) in left.Arguments.Zip(right.Arguments, (target, value) => (target, value)))
                    Assign(target.Expression, value.Expression);
                break;
            case AssignmentExpressionSyntax assignment:
                Assign(assignment.Left, assignment.Right);
                break;
            case VariableDeclaratorSyntax { Initializer.Value: var value } declarator when Is(value):
                Name(declarator.Identifier.ValueText);
                break;
            case ForEachStatementSyntax loop when Is(loop.Expression):
                Name(loop.Identifier.ValueText);
                break;
            case IsPatternExpressionSyntax pattern when Is(pattern.Expression):
                foreach (var designation in pattern.DescendantNodes().OfType<SingleVariableDesignationSyntax>())
                    Name(designation.Identifier.ValueText);
                break;
            case InvocationExpressionSyntax call:
                VisitCall(call);
                break;
            case ReturnStatementSyntax { Expression: IdentifierNameSyntax name } when Is(name) && !_members.Contains(name.Identifier.ValueText):
                Escapes = true;
                break;
        }
    }

    private void Assign(ExpressionSyntax target, ExpressionSyntax value)
    {
        if (target is MemberAccessExpressionSyntax access && Is(access.Expression))
            Set(access.Name.Identifier.ValueText, value);
        else if (Is(value) && Last(target) is { } name && name != "_")
            Name(name);
    }

    private void Set(string? property, ExpressionSyntax value)
    {
        if (property != nameof(Thread.IsBackground))
            return;
        if (value.IsKind(SyntaxKind.FalseLiteralExpression))
            Denial = value;
        else
            IsBackground = true;
    }

    private void VisitCall(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (Receiver(call) is { } receiver && Is(receiver))
        {
            var isBounded = arguments.Count > 0 && !arguments.Any(argument => argument.ToString() is "-1" || argument.ToString().Contains(nameof(Timeout.Infinite)));
            IsStarted |= CallActions.NameOf(call) is nameof(Thread.Start) or "UnsafeStart";
            IsJoined |= CallActions.NameOf(call) == nameof(Thread.Join);
            IsJoinedWithBound |= CallActions.NameOf(call) == nameof(Thread.Join) && isBounded;
            NameParameters(arguments); // threads.ForEach(thread => thread.Start())
        }
        else if (arguments.Any(argument => Is(argument.Expression)))
        {
            if (arguments.Any(argument => argument.Expression is AnonymousFunctionExpressionSyntax))
                NameParameters(arguments); // Array.ForEach(threads, thread => thread.Start())
            else if (Collects(call) is { } list)
                Name(list);
            else
                Escapes = true;
        }
    }

    private void NameParameters(SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Expression is SimpleLambdaExpressionSyntax lambda)
                Name(lambda.Parameter.Identifier.ValueText);
        }
    }

    /// <summary>The list that a call like <c>threads.Add(thread)</c> puts its argument into.</summary>
    private static string? Collects(InvocationExpressionSyntax call) =>
        CallActions.NameOf(call) is "Add" or "Enqueue" or "Push" && Receiver(call) is { } receiver ? Last(receiver) : null;

    private static ExpressionSyntax? Receiver(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        MemberBindingExpressionSyntax => call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
        _ => null,
    };

    private bool Is(ExpressionSyntax expression) => Last(expression) is { } name && _names.Contains(name);

    /// <summary>The name of a variable, whatever stands before it; that of an array for its elements.</summary>
    private static string? Last(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax } access => access.Name.Identifier.ValueText,
        ElementAccessExpressionSyntax element => Last(element.Expression),
        ParenthesizedExpressionSyntax parenthesized => Last(parenthesized.Expression),
        PostfixUnaryExpressionSyntax suppressed => Last(suppressed.Operand),
        CastExpressionSyntax cast => Last(cast.Expression),
        AssignmentExpressionSyntax assignment => Last(assignment.Left),
        _ => null,
    };
}
