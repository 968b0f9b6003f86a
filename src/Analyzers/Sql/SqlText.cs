using System.Text;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Sql;

/// <summary>What can be read of the text of a command: constants, concatenations and interpolations, through locals and static readonly fields.</summary>
internal static class SqlText
{
    /// <summary>Stands for what is not known.</summary>
    public const char Unknown = '?';

    private const int MostDepth = 24;

    /// <summary>Null when nothing of it is known.</summary>
    public static string? Of(IOperation? operation)
    {
        var text = new StringBuilder();
        Append(operation, text, 0);
        return text.Length == 0 || text.ToString().Trim(Unknown).Length == 0 ? null : text.ToString();
    }

    private static void Append(IOperation? operation, StringBuilder text, int depth)
    {
        operation = operation?.Unwrapped();
        if (operation?.ConstantValue is { HasValue: true, Value: string constant })
        {
            text.Append(constant);
            return;
        }

        switch (depth > MostDepth ? null : operation)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                Append(sum.LeftOperand, text, depth + 1);
                Append(sum.RightOperand, text, depth + 1);
                break;
            case IInterpolatedStringOperation interpolated:
                foreach (var part in interpolated.Parts)
                    Append(part is IInterpolatedStringTextOperation literal ? literal.Text : (part as IInterpolationOperation)?.Expression, text, depth + 1);
                break;
            case ILocalReferenceOperation local when Definitions.SingleValue(local) is { } value:
                Append(value, text, depth + 8);
                break;
            case IFieldReferenceOperation field when FieldInitializer.Find(field.Field, field) is { } value:
                Append(value, text, depth + 1);
                break;
            default:
                text.Append(Unknown);
                break;
        }
    }
}
