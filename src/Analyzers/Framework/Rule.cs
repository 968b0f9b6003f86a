using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Framework;

/// <summary>Makes the descriptors of all rules, so that category, help link and defaults follow from the id.</summary>
internal static class Rule
{
    private const string Pages = "https://github.com/LockAnalyzers/LockAnalyzers/blob/main/docs/rules/";

    /// <summary>
    /// A rule at Warning. The promise behind that level: a careful maintainer who reads the report changes the code or
    /// suppresses it with a reason; false reports on real code stay under 5 %.
    /// </summary>
    public static DiagnosticDescriptor Warning(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Warning);

    /// <summary>A rule at Info: true, but common or contextual; for people who ask for it.</summary>
    public static DiagnosticDescriptor Info(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Info);

    /// <summary>
    /// A report at Info of a rule that is at Warning elsewhere: the place is what the rule is about, but often meant so. A severity
    /// that the user sets for the id holds for it as well.
    /// </summary>
    public static Diagnostic AtInfo(this DiagnosticDescriptor rule, Location location, params object[] messageArgs) =>
        Diagnostic.Create(rule, location, DiagnosticSeverity.Info, additionalLocations: null, properties: null, messageArgs);

    /// <summary>A report at Warning of a rule that is at Info elsewhere: here nothing speaks for the code.</summary>
    public static Diagnostic AtWarning(this DiagnosticDescriptor rule, Location location, params object[] messageArgs) =>
        Diagnostic.Create(rule, location, DiagnosticSeverity.Warning, additionalLocations: null, properties: null, messageArgs);

    /// <summary>As <see cref="Warning"/>, for what is only known at the end of a compilation, so that an editor does not show it while one types.</summary>
    public static DiagnosticDescriptor WarningAtEnd(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Warning, WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>False where a project has switched the rule off, for the file or as a whole.</summary>
    public static bool IsOn(string id, SyntaxTree file, CompilationOptions options, CancellationToken cancellation)
    {
        var isSet = options.SyntaxTreeOptionsProvider is { } provider
            && (provider.TryGetDiagnosticValue(file, id, cancellation, out var level) || provider.TryGetGlobalDiagnosticValue(id, cancellation, out level))
                ? level
                : options.SpecificDiagnosticOptions.TryGetValue(id, out level) ? level : ReportDiagnostic.Default;
        return isSet != ReportDiagnostic.Suppress;
    }

    private static DiagnosticDescriptor Create(string id, string title, string message, string description, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, Category(id), severity, isEnabledByDefault: true, description, Pages + id + ".md", tags);

    private static string Category(string id) => id[4] switch
    {
        '1' => "Acquisition",
        '2' => "Shutdown",
        '9' => "Catalog",
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "Rules have ids in LOCK1xx (acquisition), LOCK2xx (shutdown) or LOCK9xx (the package's own inputs)."),
    };
}
