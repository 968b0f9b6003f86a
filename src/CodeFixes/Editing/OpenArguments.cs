using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>
/// Translates the arguments of a call that opens a file into those of <c>BoundedFile.Open</c>, which has the parameters of
/// <see cref="FileStream"/> in their order. What the old member did by itself is written out.
/// </summary>
internal sealed class OpenArguments
{
    private static readonly string[] Separate = { "path", "mode", "access", "share", "bufferSize", "options" };
    private static readonly string[] InOneObject = { "path", "options" };

    private readonly FixSite _site;
    private readonly List<SyntaxNodeOrToken> _written = new();
    private string[] _order = Separate;
    private int _count;
    private bool _isInOrder = true;

    private OpenArguments(FixSite site) => _site = site;

    /// <summary>The arguments; null when the call says something that <c>BoundedFile.Open</c> has no word for.</summary>
    public static ArgumentListSyntax? Translate(FixSite site, IOperation call, FileOpen open)
    {
        var (list, arguments, instance) = call switch
        {
            IInvocationOperation { Syntax: InvocationExpressionSyntax syntax } invocation => (syntax.ArgumentList, invocation.Arguments, invocation.Instance),
            IObjectCreationOperation { Syntax: BaseObjectCreationExpressionSyntax { ArgumentList: { } written, Initializer: null } } creation =>
                (written, creation.Arguments, null),
            _ => default,
        };
        if (list is null || open.ChangesInstance || instance is IConditionalAccessInstanceOperation || call.Type?.Name != nameof(FileStream))
            return null;

        var result = new OpenArguments(site);
        if (instance is not null && !result.AddPathOf(instance))
            return null;
        for (var i = 0; i < list.Arguments.Count; i++)
        {
            var written = list.Arguments[i];
            var argument = arguments.FirstOrDefault(candidate => candidate.Syntax == written);
            if (argument?.Parameter is not { } parameter || result.TargetOf(parameter) is not { } target)
                return null;
            if (parameter.Type.Name == "FileStreamOptions")
                result._order = InOneObject;
            result.Add(target, parameter.Type.SpecialType == SpecialType.System_Boolean ? result.AsOptions(written) : written);
            if (i < list.Arguments.SeparatorCount)
                result._written.Add(list.Arguments.GetSeparator(i));
            if (target == "path")
                result.AddDefaults(open);
        }

        if (instance is not null)
            result.AddDefaults(open);
        return list.WithArguments(SeparatedList<ArgumentSyntax>(result._written));
    }

    private bool AddPathOf(IOperation instance)
    {
        if (instance.Syntax is not ExpressionSyntax receiver || instance.Type?.Name != nameof(FileInfo))
            return false;
        Add("path", Argument(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver.WithoutTrivia(), IdentifierName(nameof(FileInfo.FullName)))));
        return true;
    }

    private void AddDefaults(FileOpen open)
    {
        if (open.Mode is { } mode)
            Add("mode", Argument(Member(nameof(FileMode), mode.ToString())));
        if (open.Access is { } access)
            Add("access", Argument(Member(nameof(FileAccess), access.ToString())));
    }

    /// <summary>Adds an argument, by name where its place does not say which it is.</summary>
    private void Add(string target, ArgumentSyntax argument)
    {
        if (_written.Count > 0 && !_written[_written.Count - 1].IsToken)
            _written.Add(RuntimeCall.Comma);
        _isInOrder &= Array.IndexOf(_order, target) == _count;
        _count++;
        if (argument.NameColon is { } name)
            argument = argument.WithNameColon(name.WithName(IdentifierName(target).WithTriviaFrom(name.Name)));
        else if (!_isInOrder)
            argument = RuntimeCall.Named(target, argument.Expression.WithoutTrivia()).WithTriviaFrom(argument);
        _written.Add(argument);
    }

    private string? TargetOf(IParameterSymbol parameter) => parameter.Type switch
    {
        { SpecialType: SpecialType.System_String } => "path",
        { SpecialType: SpecialType.System_Int32 } => "bufferSize",
        { SpecialType: SpecialType.System_Boolean } => "options",
        { Name: nameof(FileMode) } => "mode",
        { Name: nameof(FileAccess) } => "access",
        { Name: nameof(FileShare) } => "share",
        { Name: nameof(FileOptions) } => "options",
        { Name: "FileStreamOptions" } when TakesOptionsObject() => "options",
        _ => null,
    };

    /// <summary>The Runtime for frameworks older than the options object has no such overload.</summary>
    private bool TakesOptionsObject() =>
        _site.Runtime.Find("BoundedFile")!.GetMembers("Open").OfType<IMethodSymbol>()
            .Any(method => method.Parameters.Any(parameter => parameter.Type.Name == "FileStreamOptions"));

    private ArgumentSyntax AsOptions(ArgumentSyntax useAsync)
    {
        var (yes, no) = (Member(nameof(FileOptions), nameof(FileOptions.Asynchronous)), Member(nameof(FileOptions), nameof(FileOptions.None)));
        ExpressionSyntax options = useAsync.Expression.Kind() switch
        {
            SyntaxKind.TrueLiteralExpression => yes,
            SyntaxKind.FalseLiteralExpression => no,
            _ => ConditionalExpression(
                ParenthesizedIfNeeded(useAsync.Expression.WithoutTrivia()), Spaced(SyntaxKind.QuestionToken), yes, Spaced(SyntaxKind.ColonToken), no),
        };
        return useAsync.WithExpression(options.WithTriviaFrom(useAsync.Expression));
    }

    private static ExpressionSyntax ParenthesizedIfNeeded(ExpressionSyntax condition) =>
        condition is ConditionalExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax ? ParenthesizedExpression(condition) : condition;

    private static SyntaxToken Spaced(SyntaxKind kind) => Token(TriviaList(Space), kind, TriviaList(Space));

    /// <summary>A member of an enum of System.IO, as short as the place allows.</summary>
    private ExpressionSyntax Member(string type, string member)
    {
        var symbol = _site.Model.Compilation.GetTypeByMetadataName("System.IO." + type)!;
        return ParseExpression($"{symbol.ToMinimalDisplayString(_site.Model, _site.Node.SpanStart)}.{member}");
    }
}
