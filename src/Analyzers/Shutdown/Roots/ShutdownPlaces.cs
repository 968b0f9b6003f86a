using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Shutdown.Roots;

/// <summary>What in one file may matter to a shutdown, told by names alone, in the order it stands.</summary>
internal sealed class ShutdownPlaces
{
    private readonly WrapperCalls _wrappers;
    private readonly List<SyntaxNode> _candidates = new();
    private readonly List<InvocationExpressionSyntax> _ends = new();

    public ShutdownPlaces(WrapperCalls wrappers) => _wrappers = wrappers;

    /// <summary>Where a shutdown path may begin.</summary>
    public IReadOnlyList<SyntaxNode> Candidates => _candidates;

    /// <summary>Calls of what seems to end a process.</summary>
    public IReadOnlyList<InvocationExpressionSyntax> Ends => _ends;

    /// <summary>True when something bears the name of a wait or looks like one, or a native function is declared here.</summary>
    public bool MayWait { get; private set; }

    /// <summary>Is shown every node of the file, with what its name may stand for.</summary>
    public void Look(SyntaxNode node, NameHint hint)
    {
        switch (node.Kind())
        {
            case SyntaxKind.MethodDeclaration:
                var method = (MethodDeclarationSyntax)node;
                MayWait |= method is { Body: null, ExpressionBody: null, AttributeLists.Count: > 0 };
                if ((hint & NameHint.Stops) != 0)
                    _candidates.Add(node);
                break;
            case SyntaxKind.WhileStatement or SyntaxKind.DoStatement:
                MayWait = MayWait || PollLoop.MayBe(node);
                break;
            case SyntaxKind.DestructorDeclaration:
            case SyntaxKind.AddAssignmentExpression when (hint & NameHint.Registers) != 0:
                _candidates.Add(node);
                break;
            case SyntaxKind.InvocationExpression:
                MayWait = MayWait || (hint & (NameHint.Waits | NameHint.WaitsNatively)) != 0 || _wrappers.Names.MayBeCall(node);
                if ((hint & NameHint.Registers) != 0)
                    _candidates.Add(node);
                if ((hint & NameHint.Ends) != 0)
                    _ends.Add((InvocationExpressionSyntax)node);
                break;
            case SyntaxKind.SimpleMemberAccessExpression or SyntaxKind.PointerMemberAccessExpression when !MayWait && node.Parent is not InvocationExpressionSyntax:
                MayWait = (hint & NameHint.Waits) != 0;
                break;
        }
    }
}
