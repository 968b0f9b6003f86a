using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Files;

[Flags]
internal enum StreamUses
{
    None = 0,

    /// <summary>Its bytes are read, or it is handed to somebody who may.</summary>
    Data = 1,

    Written = 2,

    /// <summary>Kept open while other code runs: in a scope, or a field that nobody outside sees.</summary>
    Held = 4,

    /// <summary>Given to the caller, or kept where others see it.</summary>
    Given = 8,
}

/// <summary>
/// What becomes of an opened file. No use at all means that it is only closed again: a probe, or a file that is just to exist.
/// </summary>
internal sealed class StreamUse
{
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    private readonly ResolvedCatalog _catalog;

    private StreamUse(ResolvedCatalog catalog) => _catalog = catalog;

    public StreamUses Uses { get; private set; }

    /// <summary>True when what keeps the stream has a name that speaks of a lock.</summary>
    public bool IsKeptAsLock { get; private set; }

    public static StreamUse Of(IOperation open, ResolvedCatalog catalog)
    {
        var use = new StreamUse(catalog);
        use.Follow(open);
        return use;
    }

    /// <summary>What the place around an expression does with its value.</summary>
    private void Follow(IOperation value)
    {
        var parent = value.Parent;
        switch (parent)
        {
            case IConversionOperation or IParenthesizedOperation or IAwaitOperation or ICoalesceOperation or IVariableInitializerOperation
                or ISwitchExpressionArmOperation or ISwitchExpressionOperation:
                Follow(parent);
                break;
            case IConditionalOperation conditional when conditional.Condition != value:
                Follow(parent);
                break;
            case IVariableDeclaratorOperation declarator:
                FollowLocal(declarator.Symbol, declarator);
                break;
            case ISimpleAssignmentOperation or ICoalesceAssignmentOperation when ((IAssignmentOperation)parent).Value == value:
                FollowTarget((IAssignmentOperation)parent);
                break;
            case IFieldInitializerOperation initializer:
                foreach (var field in initializer.InitializedFields)
                    FollowMember(field, value);
                break;
            case IPropertyInitializerOperation initializer:
                foreach (var property in initializer.InitializedProperties)
                    FollowMember(property, value);
                break;
            case IReturnOperation or IMemberInitializerOperation or ITupleOperation or IArrayInitializerOperation:
                Add(StreamUses.Given);
                break;
            case IUsingOperation scope when scope.Resources == value:
                if (!IsTrivial(scope.Body))
                    Add(StreamUses.Held);
                break;
            case IArgumentOperation argument:
                Classify(argument);
                break;
            case IInvocationOperation call when call.Instance == value:
                Classify(call.TargetMethod.Name);
                break;
            case IMemberReferenceOperation member when member.Instance == value:
                Classify(member.Member.Name);
                break;
            case IConditionalAccessOperation access when access.Operation == value:
                Classify(access.WhenNotNull is IInvocationOperation asked ? asked.TargetMethod.Name : "");
                break;
            case IInvocationOperation:
                // The constructor of a derived type gives the file to its base: the type is the stream.
                Add(StreamUses.Given);
                break;
            case IExpressionStatementOperation when value is IInvocationOperation { TargetMethod.MethodKind: MethodKind.Constructor }:
                Add(StreamUses.Given);
                break;
            case IExpressionStatementOperation:
                Add(StreamUses.Held); // Dropped: it stays open until the collector finds it.
                break;
            case IAssignmentOperation or IBinaryOperation or IIsPatternOperation or IIsTypeOperation or INameOfOperation or IUsingOperation or ILockOperation:
                break; // Written to, compared or closed.
            default:
                Add(StreamUses.Data);
                break;
        }
    }

    private void FollowTarget(IAssignmentOperation assignment)
    {
        switch (assignment.Target)
        {
            case ILocalReferenceOperation local:
                FollowLocal(local.Local, assignment);
                break;
            case IParameterReferenceOperation parameter:
                Named(parameter.Parameter.Name);
                Add(StreamUses.Given);
                break;
            case IFieldReferenceOperation field:
                FollowMember(field.Field, assignment);
                break;
            case IPropertyReferenceOperation property:
                FollowMember(property.Property, assignment);
                break;
        }

        if (assignment.Parent is not IExpressionStatementOperation)
            Follow(assignment);
    }

    private void FollowLocal(ILocalSymbol local, IOperation definition)
    {
        if (!_seen.Add(local))
            return;
        Named(local.Name);
        if (!ScopeOf.IsEmptyAfter(definition, local))
            Add(StreamUses.Held);
        foreach (var operation in definition.Root().Descendants())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local))
                Follow(reference);
        }
    }

    /// <summary>A field is told by its name all over its type: a reference to it costs no semantic question.</summary>
    private void FollowMember(ISymbol member, IOperation place)
    {
        if (!_seen.Add(member))
            return;
        Named(member.Name);
        Add(member.DeclaredAccessibility == Accessibility.Private && member is IFieldSymbol ? StreamUses.Held : StreamUses.Given);
        foreach (var use in MemberUses.Of(member, place.Syntax))
            Classify(use);
    }

    private void Classify(MemberUse use)
    {
        if (use.IsGiven)
            Add(StreamUses.Given);
        else if (use.Callee is { } callee)
            ClassifyCallee(callee);
        else
            Classify(use.Member);
    }

    private void Classify(IArgumentOperation argument)
    {
        var callee = argument.Parent switch
        {
            IInvocationOperation call => call.TargetMethod.Name,
            IObjectCreationOperation creation => creation.Type?.Name,
            _ => null,
        };
        if (callee is not null)
            ClassifyCallee(callee);
    }

    /// <summary>An own handle type or a list keeps the stream; a writer writes; anybody else may read it.</summary>
    private void ClassifyCallee(string callee)
    {
        var words = Words.Of(callee);
        if (words.Exists(word => word is "writer" or "write" or "serialize"))
            Add(StreamUses.Written);
        else if (callee is "Add" or "Push" or "Enqueue" or "TryAdd" or "FromResult")
            Add(StreamUses.Given);
        else if (callee is "KeepAlive" or "SuppressFinalize" or "ReferenceEquals")
            return;
        else if (words.Exists(_catalog.Words.Of("lock-keeper").Contains) || LockWords.SpeaksOfLock(callee, _catalog))
            Keep();
        else
            Add(StreamUses.Data);
    }

    private void Classify(string member)
    {
        if (member is "Dispose" or "Close" or "DisposeAsync" or "Flush" or "FlushAsync" or "Lock" or "Unlock" or "Name" or "SafeFileHandle" or "Handle"
            or "Seek" or "Position" or "ConfigureAwait" or "IsInvalid" or "IsClosed" or "")
        {
            return;
        }

        Add(member == "SetLength" || Words.Of(member).Contains("write") ? StreamUses.Written : StreamUses.Data);
    }

    private void Keep()
    {
        IsKeptAsLock = true;
        Add(StreamUses.Given);
    }

    private void Named(string name) => IsKeptAsLock |= LockWords.SpeaksOfLock(name, _catalog);

    private void Add(StreamUses use) => Uses |= use;

    private static bool IsTrivial(IOperation body) => ScopeOf.IsTrivial(body.Syntax as StatementSyntax);
}
