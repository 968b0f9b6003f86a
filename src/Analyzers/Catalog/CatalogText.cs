using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>One text of a catalog, read: the lines that count, and what is wrong with the others.</summary>
internal sealed class CatalogText
{
    private CatalogText(ImmutableArray<CatalogLine> lines, ImmutableArray<CatalogProblem> problems)
    {
        Lines = lines;
        Problems = problems;
    }

    public ImmutableArray<CatalogLine> Lines { get; }

    /// <summary>Lines that could not be read; the rest counts all the same.</summary>
    public ImmutableArray<CatalogProblem> Problems { get; }

    public static CatalogText Read(string source, IEnumerable<string> text)
    {
        var lines = ImmutableArray.CreateBuilder<CatalogLine>();
        var problems = ImmutableArray.CreateBuilder<CatalogProblem>();
        var check = new CatalogEntries.Builder();
        var number = 0;
        foreach (var raw in text)
        {
            number++;
            try
            {
                if (CatalogParser.Parse(source, number, raw) is not { } line)
                    continue;
                check.Add(line);
                lines.Add(line);
            }
            catch (FormatException problem)
            {
                problems.Add(new CatalogProblem(source, number, problem.Message));
            }
        }

        return new CatalogText(lines.ToImmutable(), problems.ToImmutable());
    }
}
