using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Files;

[Flags]
internal enum PathSigns
{
    None = 0,

    /// <summary>A name that was made up for this one use: nobody else can hold it.</summary>
    Fresh = 1,

    /// <summary>The file is called like a lock.</summary>
    LockFile = 2,

    /// <summary>A variable or member that it comes from is called like a lock.</summary>
    LockName = 4,

    /// <summary>It is the name of a data file.</summary>
    DataFile = 8,
}

/// <summary>Reads what a path says about its file, through constants, locals, concatenation and the methods that join paths.</summary>
internal sealed class FilePath
{
    /// <summary>Longer derivations are not written by hand; the limit ends those that lead back to themselves.</summary>
    private const int MostDepth = 16;

    private readonly ResolvedCatalog _catalog;
    private PathSigns _signs;

    private FilePath(ResolvedCatalog catalog) => _catalog = catalog;

    public static PathSigns Read(IOperation? path, ResolvedCatalog catalog)
    {
        var reader = new FilePath(catalog);
        reader.Visit(path, isEnd: true, 0);
        return reader._signs;
    }

    private void Visit(IOperation? part, bool isEnd, int depth)
    {
        part = part?.Unwrapped();
        if (part is null || depth > MostDepth)
            return;
        if (part.ConstantValue is { HasValue: true, Value: string text })
            ReadText(text, isEnd);
        if (NameOf(part) is { } name && LockWords.SpeaksOfLock(name, _catalog))
            _signs |= PathSigns.LockName;

        switch (part)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                Visit(sum.LeftOperand, isEnd: false, depth + 1);
                Visit(sum.RightOperand, isEnd, depth + 1);
                break;
            case IInterpolatedStringOperation interpolated:
                VisitAll(interpolated.Parts.Select(Content), isEnd, depth);
                break;
            case IInvocationOperation call:
                VisitCall(call, isEnd, depth);
                break;
            case IObjectCreationOperation creation:
                VisitAll(creation.Arguments.Select(argument => (IOperation?)argument.Value), isEnd, depth);
                break;
            case IPropertyReferenceOperation { Instance: { } instance }:
                Visit(instance, isEnd, depth + 1);
                break;
            case IConditionalOperation conditional:
                Visit(conditional.WhenTrue, isEnd, depth + 1);
                Visit(conditional.WhenFalse, isEnd, depth + 1);
                break;
            case ICoalesceOperation coalesce:
                Visit(coalesce.Value, isEnd, depth + 1);
                Visit(coalesce.WhenNull, isEnd, depth + 1);
                break;
            case ILocalReferenceOperation local when Definitions.Reaching(local) is { IsDefault: false } definitions:
                foreach (var definition in definitions)
                    Visit(AssignedValue(definition), isEnd, depth + 1);
                break;
            case IFieldReferenceOperation { Field.IsConst: false } field:
                Visit(FieldInitializer.Find(field.Field, field), isEnd, depth + 1);
                break;
        }
    }

    private void VisitCall(IInvocationOperation call, bool isEnd, int depth)
    {
        if (_catalog.FreshNames.Find(call.TargetMethod) is not null)
            _signs |= PathSigns.Fresh;

        // Of a call that joins parts the last one ends the path; a format's end stands in its first.
        var texts = call.Arguments.SelectMany(Elements).Where(value => value?.Type?.SpecialType == SpecialType.System_String || value is IInvocationOperation).ToList();
        if (call is { TargetMethod: { Name: "Format", ContainingType.SpecialType: SpecialType.System_String } })
            texts.Reverse();
        if (texts.Count == 0 || call.Instance is not null)
            Visit(call.Instance, isEnd, depth + 1);
        VisitAll(texts, isEnd, depth);
    }

    private void VisitAll(IEnumerable<IOperation?> parts, bool isEnd, int depth)
    {
        var all = parts.ToList();
        for (var i = 0; i < all.Count; i++)
            Visit(all[i], isEnd && i == all.Count - 1, depth + 1);
    }

    private static IEnumerable<IOperation?> Elements(IArgumentOperation argument) =>
        argument.Value is IArrayCreationOperation { Initializer.ElementValues: var elements } ? elements.Select(element => element.Unwrapped()) : new[] { argument.Value.Unwrapped() };

    private static IOperation? Content(IInterpolatedStringContentOperation part) => part switch
    {
        IInterpolatedStringTextOperation text => text.Text,
        IInterpolationOperation hole => hole.Expression,
        _ => null,
    };

    private static IOperation? AssignedValue(IOperation definition) => definition switch
    {
        ISimpleAssignmentOperation assignment => assignment.Value,
        IVariableDeclaratorOperation declarator => declarator.GetVariableInitializer()?.Value,
        _ => null,
    };

    private static string? NameOf(IOperation part) => part switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member.Name,
        IInvocationOperation call => call.TargetMethod.Name,
        _ => null,
    };

    private void ReadText(string text, bool isEnd)
    {
        if (isEnd && LockWords.EndsInLockFile(text, _catalog))
            _signs |= PathSigns.LockFile;
        else if (isEnd && text.IndexOf('.') >= 0)
            _signs |= PathSigns.DataFile;
        if (LockWords.HasLockFolder(text))
            _signs |= PathSigns.LockFile;
    }
}
