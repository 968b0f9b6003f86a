using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Benchmarks;

public enum Source
{
    Silent,
    Reporting,

    /// <summary>Every file ends the process by way of the next four: ten methods down to a wait that nothing bounds.</summary>
    Chained,
}

/// <summary>Ordinary code: most methods have nothing to do with locks, some look like it, a few are reported when that is asked for.</summary>
internal static class GeneratedCode
{
    /// <summary>Files of about 400 lines each.</summary>
    public static Project Project(int files, Source source) => new(
        [.. Enumerable.Range(0, files).Select(number => new Project.Source($"File{number}.cs", SourceText.From(File(number, files, source), Encoding.UTF8)))],
        CSharpParseOptions.Default,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    private static string File(int number, int count, Source source) => $$"""
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Generated.N{{number}};

        internal static class Libc
        {
            [DllImport("libc")] public static extern int flock(int fd, int operation);
        }

        public sealed class Service{{number}}
        {
            private readonly Dictionary<string, int> _counts = new();
            private readonly object _gate = new();
        {{string.Concat(Enumerable.Range(0, 16).Select(Method))}}
        {{source switch { Source.Reporting => Reported, Source.Chained => Chained((number + 1) % count), _ => NotReported }}}
        }
        """;

    private static string Method(int number) => $$"""

            public async Task<int> Count{{number}}Async(IEnumerable<string> words, CancellationToken token)
            {
                var total = 0;
                foreach (var word in words.Where(w => w.Length > {{number}}))
                {
                    lock (_gate)
                    {
                        total += _counts.TryGetValue(word, out var count) ? count : 1;
                        _counts[word] = total;
                    }

                    await Task.Delay(1, token).ConfigureAwait(false);
                }

                var path = Path.Combine(Path.GetTempPath(), "count{{number}}.txt");
                using (var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None))
                    stream.WriteByte((byte)total);
                return total;
            }
        """;

    /// <summary>How many files a chain goes through, two methods in each.</summary>
    private const int Files = 5;

    private static string Chained(int next) => $$"""

            public static readonly Thread Worker = new(() => { }) { IsBackground = true };

            public void Register() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Close0();
        {{string.Concat(Enumerable.Range(0, Files).Select(step => Link(next, step)))}}
        """;

    private static string Link(int next, int step) => $$"""

            public static void Close{{step}}() => Flush{{step}}({{step}});

            private static void Flush{{step}}(int level)
            {
                if (level >= 0)
                    {{(step == Files - 1 ? "Worker.Join()" : $"N{next}.Service{next}.Close{step + 1}()")}};
            }
        """;

    private const string NotReported = """

            public bool Take(int fd, bool shared)
            {
                int operation = 2;
                if (shared)
                    operation = 1;
                operation |= 4;
                return Libc.flock(fd, operation) == 0;
            }

            public void Register() => AppDomain.CurrentDomain.ProcessExit += (_, _) => _counts.Clear();
        """;

    private const string Reported = """

            public bool Take(int fd, bool shared)
            {
                int operation = 2;
                if (shared)
                    operation = 1;
                return Libc.flock(fd, operation) == 0;
            }

            public FileStream Hold(string folder) =>
                new(Path.Combine(folder, "service.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

            public void Register(Thread worker) => AppDomain.CurrentDomain.ProcessExit += (_, _) => worker.Join();
        """;
}
