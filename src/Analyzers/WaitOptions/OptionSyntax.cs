using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.WaitOptions;

/// <summary>
/// Whether a call may switch a wait option on, by its text alone: it names one, or gives a plain flag, or what it calls speaks of a
/// lock or is declared in this compilation with such a flag. What is missed by this is a call of a library's method whose own and whose
/// receiver's name say nothing of a lock, and that gives the flag by a variable or leaves it at its default.
/// </summary>
internal sealed class OptionSyntax
{
    private readonly RememberedNames<bool> _telling;
    private readonly Func<string, bool> _isOption;

    /// <param name="tells">Whether the name of a method, type or receiver alone makes a call worth asking for.</param>
    /// <param name="isOption">Whether a name is that of a wait option.</param>
    public OptionSyntax(Func<string, bool> tells, Func<string, bool> isOption)
    {
        _telling = new(tells);
        _isOption = isOption;
    }

    public bool MaySwitchOn(SyntaxNode call)
    {
        switch (call)
        {
            case InvocationExpressionSyntax { Expression: var called, ArgumentList: var arguments }:
                return CallActions.NameOf(called) is not { } method || Tells(method)
                    || (called is MemberAccessExpressionSyntax { Expression: var receiver } && CallActions.NameOf(receiver) is { } owner && Tells(owner))
                    || MayCarry(arguments);
            case BaseObjectCreationExpressionSyntax { ArgumentList: var arguments }:
                return CallActions.NameOf(call) is not { } created || Tells(created) || MayCarry(arguments);
            case ConstructorInitializerSyntax { ArgumentList: var arguments }:
                return MayCarry(arguments) || TellsType(call);
            case PrimaryConstructorBaseTypeSyntax { ArgumentList: var arguments }:
                return MayCarry(arguments) || TellsType(call);
            default:
                return call is AttributeSyntax attribute && (CallActions.NameOf(attribute) is not { } name || Tells(name) || MayCarry(attribute.ArgumentList));
        }
    }

    private bool Tells(string name) => _telling.Of(name);

    /// <summary>The type that hands on to its base, or to itself.</summary>
    private bool TellsType(SyntaxNode initializer)
    {
        if (initializer.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
            return false;
        foreach (var based in type.BaseList?.Types ?? default)
        {
            if (CallActions.NameOf(based.Type) is { } name && Tells(name))
                return true;
        }

        return Tells(type.Identifier.ValueText);
    }

    private bool MayCarry(ArgumentListSyntax? arguments)
    {
        foreach (var argument in arguments?.Arguments ?? default)
        {
            if (MayCarry(argument.NameColon, argument.Expression) || (argument.NameColon is null && IsFlag(argument.Expression)))
                return true;
        }

        return false;
    }

    /// <summary>Of an attribute a plain flag says too little: so many attributes have one.</summary>
    private bool MayCarry(AttributeArgumentListSyntax? arguments)
    {
        foreach (var argument in arguments?.Arguments ?? default)
        {
            if (argument.NameEquals is null && MayCarry(argument.NameColon, argument.Expression))
                return true;
        }

        return false;
    }

    private bool MayCarry(NameColonSyntax? parameter, ExpressionSyntax value) =>
        (parameter is not null && _isOption(parameter.Name.Identifier.ValueText)) || (CallActions.NameOf(value) is { } name && _isOption(name));

    private static bool IsFlag(ExpressionSyntax value) =>
        value.IsKind(SyntaxKind.TrueLiteralExpression) || value.IsKind(SyntaxKind.FalseLiteralExpression);
}
