using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Processes;

/// <summary>
/// One use of a variable that holds a process. <see cref="Role"/> is null for a use that hands the process to somebody else, who
/// may do anything with it.
/// </summary>
internal readonly record struct ChildUse(IOperation Reference, IOperation Operation, ChildRole? Role, ChildStream? Stream)
{
    public static ChildUse Of(IOperation reference, ResolvedCatalog catalog)
    {
        var value = reference;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;

        return value.Parent switch
        {
            IInvocationOperation call when call.Instance == value => Asked(reference, call, call.TargetMethod, catalog),
            IMemberReferenceOperation member when member.Instance == value => Asked(reference, member, member.Member, catalog),
            IConditionalAccessOperation access when access.Operation == value => OfConditional(reference, access, catalog),
            IAssignmentOperation assignment when assignment.Target == value => new(reference, assignment, ChildRole.Plain, null),
            IUsingOperation or IBinaryOperation or IIsPatternOperation or IIsTypeOperation or INameOfOperation or ILockOperation or IExpressionStatementOperation =>
                new(reference, value.Parent, ChildRole.Plain, null),
            _ => new(reference, value, null, null),
        };
    }

    private static ChildUse OfConditional(IOperation reference, IConditionalAccessOperation access, ResolvedCatalog catalog)
    {
        foreach (var operation in access.WhenNotNull.DescendantsAndSelf())
        {
            if (operation is IConditionalAccessInstanceOperation { Parent: { } parent } instance && instance.Receiver() == access.Operation)
            {
                return parent switch
                {
                    IInvocationOperation call when call.Instance == instance => Asked(reference, call, call.TargetMethod, catalog),
                    IMemberReferenceOperation member => Asked(reference, member, member.Member, catalog),
                    _ => new(reference, access, null, null),
                };
            }
        }

        return new(reference, access, null, null);
    }

    private static ChildUse Asked(IOperation reference, IOperation operation, ISymbol member, ResolvedCatalog catalog) =>
        catalog.Children.Find(member) is { } entry ? new(reference, operation, entry.Role, entry.Stream)
        : member is IMethodSymbol ? new(reference, operation, null, null)
        : new(reference, operation, ChildRole.Plain, null);
}
