using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>A variable that is filled inside a function.</summary>
/// <param name="Target">The variable.</param>
/// <param name="Value">What it is given; the call, where it is an <c>out</c> argument.</param>
/// <param name="Function">The function around it.</param>
internal sealed record PendingWrite(ExpressionSyntax Target, ExpressionSyntax Value, SyntaxNode Function)
{
    /// <summary>The variable is a collection, and one more element is put into it.</summary>
    public bool IsElement => Target.Parent is ElementAccessExpressionSyntax or MemberAccessExpressionSyntax;

    /// <summary>Where a variable of that name is filled within the code; told by syntax, so that it may be another one.</summary>
    public static IEnumerable<PendingWrite> Of(string name, SyntaxNode code)
    {
        foreach (var mention in Mentions.OfIdentifier(name, code))
        {
            ExpressionSyntax target = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : mention;
            if (Given(target) is { } value && !Look.IsNothing(value) && (value is not LiteralExpressionSyntax || value.IsKind(SyntaxKind.TrueLiteralExpression))
                && target.EnclosingFunction() is { } function and not AccessorDeclarationSyntax)
            {
                yield return new PendingWrite(target, value, function);
            }
        }
    }

    private static ExpressionSyntax? Given(ExpressionSyntax target) => target.Parent switch
    {
        // _held[name] = value, _held.Add(value)
        ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } element when element.Expression == target && assignment.Left == element => assignment.Right,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "TryAdd" or "Push" or "Enqueue", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } } access
            when access.Expression == target => arguments[arguments.Count - 1].Expression,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression } assignment when assignment.Left == target => assignment.Right,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Parent.Parent: InvocationExpressionSyntax call } => call,
        // Interlocked.Exchange(ref field, value), Volatile.Write(ref field, value)
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword, Parent: ArgumentListSyntax { Arguments: { Count: > 1 } arguments, Parent: InvocationExpressionSyntax } } argument
            when arguments[0] == argument => arguments[1].Expression,
        _ => null,
    };
}
