using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK102ExclusiveFileLockAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK102ExclusiveFileLockCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK102ExclusiveFileLockTests
{
    private const string RuntimeUsings = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;
        using static System.IO.FileShare;


        """;

    private static Task Fixes(string members, string fixedMembers) =>
        Verify.Fixes(Depot(members), Depot(fixedMembers).Replace(Usings, RuntimeUsings, StringComparison.Ordinal));

    private static Task OffersNoFix(string members) => Verify.OffersNoFix(Depot(members));

    public sealed class Fix
    {
        [Theory]
        [InlineData("new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, None)", "BoundedFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, None)")]
        [InlineData("new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, None, 1, useAsync: true)", "BoundedFile.Open(path, FileMode.OpenOrCreate, FileAccess.Write, None, 1, options: FileOptions.Asynchronous)")]
        [InlineData("new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, None, 1, false)", "BoundedFile.Open(path, FileMode.OpenOrCreate, FileAccess.Write, None, 1, FileOptions.None)")]
        [InlineData("new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, None, 1, path == \"\")", "BoundedFile.Open(path, FileMode.OpenOrCreate, FileAccess.Write, None, 1, path == \"\" ? FileOptions.Asynchronous : FileOptions.None)")]
        [InlineData("new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, None, 1, FileOptions.DeleteOnClose)", "BoundedFile.Open(path, FileMode.OpenOrCreate, FileAccess.Write, None, 1, FileOptions.DeleteOnClose)")]
        [InlineData("new FileStream(mode: FileMode.OpenOrCreate, path: path, access: FileAccess.Write, share: None)", "BoundedFile.Open(mode: FileMode.OpenOrCreate, path: path, access: FileAccess.Write, share: None)")]
        [InlineData("new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Share = None })", "BoundedFile.Open(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Share = None })")]
        [InlineData("new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, None)", "BoundedFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, None)")]
        [InlineData("File.Open(path, FileMode.OpenOrCreate)", "BoundedFile.Open(path, FileMode.OpenOrCreate)")]
        [InlineData("File.Open(path, FileMode.OpenOrCreate, FileAccess.Write)", "BoundedFile.Open(path, FileMode.OpenOrCreate, FileAccess.Write)")]
        [InlineData("File.OpenWrite(path)", "BoundedFile.Open(path, FileMode.OpenOrCreate, FileAccess.Write)")]
        [InlineData("File.Create(path)", "BoundedFile.Open(path, FileMode.Create)")]
        [InlineData("File.Create(path, 1)", "BoundedFile.Open(path, FileMode.Create, bufferSize: 1)")]
        [InlineData("File.Create(path, 1, FileOptions.DeleteOnClose)", "BoundedFile.Open(path, FileMode.Create, bufferSize: 1, options: FileOptions.DeleteOnClose)")]
        [InlineData("new FileInfo(path).Open(FileMode.OpenOrCreate)", "BoundedFile.Open(new FileInfo(path).FullName, FileMode.OpenOrCreate)")]
        [InlineData("new FileInfo(path).OpenWrite()", "BoundedFile.Open(new FileInfo(path).FullName, FileMode.OpenOrCreate, FileAccess.Write)")]
        [InlineData("new FileInfo(path).Create()", "BoundedRetry.Invoke(() => new FileInfo(path).Create())")]
        public Task Opens_within_a_deadline(string open, string bounded) => Fixes($$"""
                private const string path = "/run/depot.lock";
                private readonly FileStream _held = /* ours */ [|{{open}}|]; // alone
            """, $$"""
                private const string path = "/run/depot.lock";
                private readonly FileStream _held = /* ours */ {{bounded}}; // alone
            """);

        [Fact]
        public Task Awaits_and_hands_on_the_token() => Fixes("""
                async Task Sort(string root, CancellationToken stopping)
                {
                    await using var held = [|new FileStream(
                        Path.Combine(root, ".lock"), // one per root
                        FileMode.OpenOrCreate,
                        FileAccess.ReadWrite,
                        FileShare.None)|];
                    using (var second = [|File.OpenWrite(root + "/second.lock")|])
                        await Task.Delay(1, stopping);
                }
            """, """
                async Task Sort(string root, CancellationToken stopping)
                {
                    await using var held = await BoundedFile.OpenAsync(
                        Path.Combine(root, ".lock"), // one per root
                        FileMode.OpenOrCreate,
                        FileAccess.ReadWrite,
                        FileShare.None, cancellationToken: stopping);
                    using (var second = await BoundedFile.OpenAsync(root + "/second.lock", FileMode.OpenOrCreate, FileAccess.Write, cancellationToken: stopping))
                        await Task.Delay(1, stopping);
                }
            """);

        [Fact]
        public Task Blocks_only_where_no_await_may_stand() => Fixes("""
                private readonly object _gate = new();
                private FileStream? _lock;

                async Task Sort(FileInfo lockFile, CancellationToken stopping)
                {
                    lock (_gate)
                        _lock ??= [|lockFile.Open(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)|];
                    List<int> numbers = [1];
                    numbers.ForEach(_ => { using var merge = [|File.Open("merge.lock", FileMode.OpenOrCreate)|]; Console.WriteLine(); });
                    using Stream either = lockFile.Exists ? [|lockFile.OpenWrite()|] : Stream.Null;
                    await Task.Delay(1, stopping);
                }

                void Dispose(CancellationToken stopped) => _lock = [|File.OpenWrite("end.lock")|];
            """, """
                private readonly object _gate = new();
                private FileStream? _lock;

                async Task Sort(FileInfo lockFile, CancellationToken stopping)
                {
                    lock (_gate)
                        _lock ??= BoundedFile.Open(lockFile.FullName, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, cancellationToken: stopping);
                    List<int> numbers = [1];
                    numbers.ForEach(_ => { using var merge = BoundedFile.Open("merge.lock", FileMode.OpenOrCreate, cancellationToken: stopping); Console.WriteLine(); });
                    using Stream either = lockFile.Exists ? await BoundedFile.OpenAsync(lockFile.FullName, FileMode.OpenOrCreate, FileAccess.Write, cancellationToken: stopping) : Stream.Null;
                    await Task.Delay(1, stopping);
                }

                void Dispose(CancellationToken stopped) => _lock = BoundedFile.Open("end.lock", FileMode.OpenOrCreate, FileAccess.Write);
            """);

        [Fact]
        public Task Is_not_offered_to_a_base_class() => Verify.OffersNoFix(Usings + """
            sealed class SiteMutex : FileStream
            {
                public SiteMutex(string site) [|: base(site + ".mutex", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)|] { }
            }
            """);

        [Fact]
        public Task Is_not_offered_without_the_Runtime()
        {
            var source = Depot("""
                    FileStream Hold(string root) => [|File.Open(root + "/.lock", FileMode.OpenOrCreate)|];
                """);
            return Verify.FixesWithoutRuntime(source, source);
        }

        [Fact]
        public Task Retries_what_is_no_file_stream() => Fixes("""
                void Add(FileStream ledger)
                {
                    [|ledger.Lock(0, 8)|];
                    ledger.WriteByte(1);
                    ledger.Unlock(0, 8);
                    using var handle = [|File.OpenHandle("/run/depot.lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)|];
                    Console.WriteLine("held");
                }
            """, """
                void Add(FileStream ledger)
                {
                    BoundedRetry.Invoke(() => ledger.Lock(0, 8));
                    ledger.WriteByte(1);
                    ledger.Unlock(0, 8);
                    using var handle = BoundedRetry.Invoke(() => File.OpenHandle("/run/depot.lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
                    Console.WriteLine("held");
                }
            """);

        [Fact]
        public Task Names_the_enums_of_a_file_without_usings() => Verify.Fixes("""
            class Depot
            {
                System.IO.FileStream Hold(string root) => [|System.IO.File.OpenWrite(root + "/.lock")|];
            }
            """, """
            using LockAnalyzers.Runtime;

            class Depot
            {
                System.IO.FileStream Hold(string root) => BoundedFile.Open(root + "/.lock", System.IO.FileMode.OpenOrCreate, System.IO.FileAccess.Write);
            }
            """);
    }
}
