using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Analyzers.Tests.Verifiers;

/// <summary>Settings of a tested project, as <c>key = value</c>.</summary>
internal static class Settings
{
    /// <summary>In a global config.</summary>
    public static AnalyzerOptions Global(params string[] settings) => new([], new Provider(new Values(settings), new Values([])));

    /// <summary>In an <c>.editorconfig</c> that covers every source file.</summary>
    public static AnalyzerOptions EditorConfig(params string[] settings) => new([], new Provider(new Values([]), new Values(settings)));

    private sealed class Provider(Values global, Values files) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => global;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => files;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => files;
    }

    private sealed class Values(string[] settings) : AnalyzerConfigOptions
    {
        private readonly ImmutableDictionary<string, string> _values =
            settings.Select(setting => setting.Split('=', 2)).ToImmutableDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), KeyComparer);

        public override IEnumerable<string> Keys => _values.Keys;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => _values.TryGetValue(key, out value);
    }
}
