using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LockAnalyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Framework;

/// <summary>A name in the base list of a type, or behind an alias.</summary>
/// <param name="Base">What is derived from, without its namespace and type arguments.</param>
/// <param name="Name">The type or alias.</param>
/// <param name="Type">The type's name in metadata; null for an alias.</param>
internal readonly record struct Derivation(string Base, string Name, string? Type);

/// <summary>
/// Names that the compilation itself declares and that no list can hold: imports of native entry points, methods that take flags, types that
/// derive from others. Read from the declarations alone, once per file, whatever changes in other files.
/// </summary>
internal sealed class DeclaredNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, DeclaredNames> Cache = new();

    private readonly List<string> _imports = new();
    private readonly List<(string Method, string Flag)> _flags = new();
    private readonly List<Derivation> _derivations = new();
    private readonly List<PassedOn> _given = new();

    private DeclaredNames(SyntaxTree tree)
    {
        if (tree.GetRoot() is not CompilationUnitSyntax root)
            return;
        Read(root.Members, within: "");
        foreach (var directive in root.Usings)
        {
            if (directive is { Alias.Name.Identifier.ValueText: var alias, NamespaceOrType: { } target } && CallActions.NameOf(target) is { } named)
                _derivations.Add(new Derivation(named, alias, Type: null));
        }
    }

    /// <summary>Methods that import a native entry point.</summary>
    public static ImmutableHashSet<string> Imports(Compilation compilation) => Collect(compilation, static (tree, names) => names.UnionWith(tree._imports));

    /// <summary>Methods, and types for their constructors, with a boolean parameter of such a name.</summary>
    public static ImmutableHashSet<string> WithFlag(Compilation compilation, Func<string, bool> isFlag) => Collect(compilation, (tree, names) =>
    {
        foreach (var (method, flag) in tree._flags)
        {
            if (isFlag(flag))
                names.Add(method);
        }
    });

    /// <summary>The functions of one file that are given a number, a time or a token: methods, constructors, local functions of the program itself.</summary>
    public static IReadOnlyList<PassedOn> Given(SyntaxTree tree) => Of(tree)._given;

    /// <summary>What the types of one file derive from and implement, and its aliases.</summary>
    public static IReadOnlyList<Derivation> Derivations(SyntaxTree tree) => Of(tree)._derivations;

    private static DeclaredNames Of(SyntaxTree tree) => Cache.GetValue(tree, static tree => new DeclaredNames(tree));

    private static ImmutableHashSet<string> Collect(Compilation compilation, Action<DeclaredNames, ImmutableHashSet<string>.Builder> add)
    {
        var names = ImmutableHashSet.CreateBuilder(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
            add(Of(tree), names);
        return names.ToImmutable();
    }

    private void Read(SyntaxList<MemberDeclarationSyntax> members, string within)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax declaration:
                    Read(declaration.Members, $"{within}{declaration.Name}.");
                    break;
                case TypeDeclarationSyntax type:
                    AddFlags(type.Identifier, type.ParameterList);
                    AddDerivations(type, within);
                    Read(type.Members, $"{within}{MetadataName(type)}+");
                    break;
                case MethodDeclarationSyntax method:
                    AddFlags(method.Identifier, method.ParameterList);
                    AddGiven(method.Identifier, method.ParameterList, method);
                    if (IsImport(method))
                        _imports.Add(method.Identifier.ValueText);
                    break;
                case ConstructorDeclarationSyntax constructor:
                    AddFlags(constructor.Identifier, constructor.ParameterList);
                    AddGiven(constructor.Identifier, constructor.ParameterList, constructor);
                    break;
                case GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax local }:
                    AddGiven(local.Identifier, local.ParameterList, local);
                    break;
            }
        }
    }

    private void AddFlags(SyntaxToken name, ParameterListSyntax? parameters)
    {
        foreach (var parameter in parameters?.Parameters ?? default)
        {
            var type = parameter.Type is NullableTypeSyntax nullable ? nullable.ElementType : parameter.Type;
            if (type is PredefinedTypeSyntax { Keyword: var keyword } && keyword.IsKind(SyntaxKind.BoolKeyword))
                _flags.Add((name.ValueText, parameter.Identifier.ValueText));
        }
    }

    private void AddDerivations(TypeDeclarationSyntax type, string within)
    {
        foreach (var based in type.BaseList?.Types ?? default)
        {
            if (CallActions.NameOf(based.Type) is { } name)
                _derivations.Add(new Derivation(name, type.Identifier.ValueText, within + MetadataName(type)));
        }
    }

    private static string MetadataName(TypeDeclarationSyntax type) =>
        type.TypeParameterList is { Parameters.Count: var count } ? $"{type.Identifier.ValueText}`{count}" : type.Identifier.ValueText;

    private void AddGiven(SyntaxToken name, ParameterListSyntax parameters, SyntaxNode function)
    {
        foreach (var parameter in parameters.Parameters)
        {
            if (PassedOn.IsGiven(parameter.Type))
            {
                _given.Add(new PassedOn(name.ValueText, function.GetReference()));
                return;
            }
        }
    }

    private static bool IsImport(MethodDeclarationSyntax method)
    {
        foreach (var list in method.AttributeLists)
        {
            foreach (var attribute in list.Attributes)
            {
                if (CallActions.NameOf(attribute) is "DllImport" or "DllImportAttribute" or "LibraryImport" or "LibraryImportAttribute")
                    return true;
            }
        }

        return false;
    }
}
