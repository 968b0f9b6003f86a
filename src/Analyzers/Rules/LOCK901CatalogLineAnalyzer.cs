using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK901: a line of a user's catalog that cannot be read, or names what is not there. Reported in that file at that line, also while it
/// is edited; the other lines count all the same (docs/rules/LOCK901.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK901CatalogLineAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK901";

    private static readonly DiagnosticDescriptor CatalogLine = Rule.Warning(
        Id,
        "A line of a catalog has no effect",
        "This line of the catalog has no effect. {0} The other lines of the file count all the same.",
        "The rules know of APIs what catalogs tell them. A line that cannot be read, or that names a type or member which does not exist, teaches them nothing.");

    private static readonly DiagnosticDescriptor Setting = Rule.WarningAtEnd(
        Id,
        "A setting has no effect",
        "The setting '{0} = {1}' has no effect. {2}",
        "Settings of the package begin with lock_analyzers; one with another name or a value that cannot be read counts as not set.");

    public LOCK901CatalogLineAnalyzer()
        : base(CatalogLine, Setting)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var problems = LockOptions.Problems(start.Compilation, start.Options).ToList();
        if (problems.Count > 0)
        {
            start.RegisterCompilationEndAction(end =>
            {
                foreach (var (key, value, reason) in problems)
                    end.ReportDiagnostic(Diagnostic.Create(Setting, Location.None, key, value, reason));
            });
        }

        foreach (var file in start.Options.AdditionalFiles)
        {
            if (UserCatalog.IsCatalog(file.Path))
            {
                start.RegisterAdditionalFileAction(Analyze);
                return;
            }
        }
    }

    private static void Analyze(AdditionalFileAnalysisContext context)
    {
        var path = context.AdditionalFile.Path;
        if (!UserCatalog.IsCatalog(path) || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
            return;
        var catalog = UserCatalog.TextOf(text, path);
        foreach (var problem in catalog.Problems)
            context.ReportDiagnostic(Diagnostic.Create(CatalogLine, LocationOf(path, text, problem.Line), problem.Reason));
        foreach (var line in catalog.Lines)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (CatalogCheck.Find(line, context.Compilation) is not { Reason.Length: > 0 } gap)
                continue;
            var location = LocationOf(path, text, line.Number);
            context.ReportDiagnostic(gap.IsCertain ? Diagnostic.Create(CatalogLine, location, gap.Reason) : CatalogLine.AtInfo(location, gap.Reason));
        }
    }

    /// <summary>The line without the blanks and the comment around it.</summary>
    private static Location LocationOf(string path, SourceText text, int number)
    {
        var line = text.Lines[number - 1];
        var raw = line.ToString();
        var comment = raw.IndexOf('#');
        var end = (comment < 0 ? raw : raw.Substring(0, comment)).TrimEnd().Length;
        var start = end - raw.Substring(0, end).TrimStart().Length;
        var span = TextSpan.FromBounds(line.Start + start, line.Start + end);
        return Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
    }
}
