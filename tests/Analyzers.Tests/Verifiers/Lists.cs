using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Analyzers.Tests.Verifiers;

/// <summary>Catalogs of a tested project.</summary>
internal static class Lists
{
    public const string FileName = "Tested.LockAnalyzers.txt";

    public static AnalyzerOptions Options(params string[] lists) =>
        new(lists.Select((list, i) => (AdditionalText)new List(i == 0 ? FileName : $"LockAnalyzers.{i}.txt", list)).ToImmutableArray());

    private sealed class List(string path, string content) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(content);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
