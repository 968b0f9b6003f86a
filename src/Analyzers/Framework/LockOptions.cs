using System.Collections.Immutable;
using System.Globalization;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Framework;

/// <summary>
/// What a project has set in a global config or in the <c>.editorconfig</c> that covers it (docs/configuration.md). A setting holds for the
/// whole project: where several <c>.editorconfig</c> files differ, the one of the project's first source file counts. A wrong value counts as
/// not set, and is told by LOCK901.
/// </summary>
internal sealed class LockOptions
{
    public const string Prefix = "lock_analyzers.";
    public const string TestProjects = Prefix + "analyze_test_projects";
    public const string WaitWords = Prefix + "wait_option_words";
    public const string LockWordsKey = Prefix + "lock_words";
    public const string Longest = Prefix + "longest_timeout";

    public static ImmutableArray<string> Keys { get; } = ImmutableArray.Create(TestProjects, WaitWords, LockWordsKey, Longest);

    private static readonly LockOptions NoneSet = new(null, null, null, null);

    private LockOptions(string? testProjects, string? waitWords, string? lockWords, string? longest)
    {
        AnalyzesTestProjects = Bool(testProjects) ?? false;
        WaitOptionWords = WordsOf(waitWords) ?? ImmutableArray<string>.Empty;
        LockWords = WordsOf(lockWords) ?? ImmutableArray<string>.Empty;
        LongestTimeout = Time(longest);
    }

    public bool AnalyzesTestProjects { get; }

    /// <summary>Further words that tell an option to wait, in lower case.</summary>
    public ImmutableArray<string> WaitOptionWords { get; }

    /// <summary>Further words that tell a lock, in lower case.</summary>
    public ImmutableArray<string> LockWords { get; }

    /// <summary>A time-out above it is no bound; null when every finite one is.</summary>
    public TimeSpan? LongestTimeout { get; }

    public static LockOptions Of(Compilation compilation, AnalyzerOptions options)
    {
        var (global, file) = Sources(compilation, options);
        var (tests, wait, locks, longest) = (Text(TestProjects), Text(WaitWords), Text(LockWordsKey), Text(Longest));
        return (tests ?? wait ?? locks ?? longest) is null ? NoneSet : new LockOptions(tests, wait, locks, longest);

        string? Text(string key) =>
            (file is not null && file.TryGetValue(key, out var text)) || global.TryGetValue(key, out text) ? text : null;
    }

    /// <summary>Settings of ours that have no effect, with the reason.</summary>
    public static IEnumerable<(string Key, string Value, string Reason)> Problems(Compilation compilation, AnalyzerOptions options)
    {
        var (global, file) = Sources(compilation, options);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in file is null ? new[] { global } : new[] { file, global })
        {
            foreach (var key in source.Keys)
            {
                if (key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && seen.Add(key) && source.TryGetValue(key, out var value)
                    && Problem(key.ToLowerInvariant(), value) is { } reason)
                {
                    yield return (key, value, reason);
                }
            }
        }
    }

    private static string? Problem(string key, string value) => key switch
    {
        TestProjects => Bool(value) is null ? "It is true or false." : null,
        WaitWords or LockWordsKey => WordsOf(value) is null ? "It is a list of single words with commas between them, such as linger,park." : null,
        Longest => Time(value) is null ? "It is a time above zero, written hours:minutes:seconds, such as 00:05:00." : null,
        _ => $"There is no such setting{NearMiss.Hint(key, Keys)}.",
    };

    private static (AnalyzerConfigOptions Global, AnalyzerConfigOptions? File) Sources(Compilation compilation, AnalyzerOptions options)
    {
        var provider = options.AnalyzerConfigOptionsProvider;
        return (provider.GlobalOptions, compilation.SyntaxTrees.FirstOrDefault() is { } tree ? provider.GetOptions(tree) : null);
    }

    private static bool? Bool(string? text) => bool.TryParse(text, out var value) ? value : null;

    private static ImmutableArray<string>? WordsOf(string? text)
    {
        if (text is null)
            return null;
        var words = text.Split(',').Select(word => word.Trim().ToLowerInvariant()).ToImmutableArray();
        return words.All(word => word.All(char.IsLetter) && word.Length > 0) ? words : null;
    }

    private static TimeSpan? Time(string? text) =>
        text is not null && text.Contains(":") && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero ? time : null;
}
