using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK102ExclusiveFileLockAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK102ExclusiveFileLockCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK102ExclusiveFileLockTests
{
    public sealed class Silent_about_files_that_are_no_locks
    {
        [Theory]
        [InlineData("new FileStream(root + \"/depot.lock\", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite)")]
        [InlineData("new FileStream(root + \"/depot.lock\", FileMode.OpenOrCreate)")]
        [InlineData("new FileStream(root + \"/depot.lock\", new FileStreamOptions { Mode = FileMode.OpenOrCreate })")]
        [InlineData("File.OpenRead(root + \"/depot.lock\")")]
        [InlineData("File.Open(root + \"/depot.lock\", FileMode.OpenOrCreate, FileAccess.ReadWrite, share)")]
        [InlineData("File.OpenHandle(root + \"/depot.lock\")")]
        [InlineData("File.Open(Path.GetTempFileName(), FileMode.Open)")]
        [InlineData("new FileStream(Path.Combine(root, Guid.NewGuid().ToString(\"N\") + \".lock\"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None)")]
        [InlineData("File.Create($\"{root}/{Path.GetRandomFileName()}\", 1, FileOptions.DeleteOnClose)")]
        public Task Shared_unknown_or_fresh(string open) => StaysSilent($$"""
                void Sort(string root, FileShare share)
                {
                    using var held = {{open}};
                    Console.WriteLine("sorting");
                }
            """);

        [Theory]
        [InlineData("packages.lock.json")]
        [InlineData("project.lock.json")]
        [InlineData("package-lock.json")]
        [InlineData("yarn.lock")]
        [InlineData("Cargo.lock")]
        [InlineData("clock.bin")]
        [InlineData("blocks.dat")]
        public Task Data_files_that_sound_alike(string file) => StaysSilent($$"""
                FileStream Open(string root) => new FileStream(Path.Combine(root, "{{file}}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            """);

        [Fact]
        public Task Written_as_data() => StaysSilent("""
                void Save(string path, byte[] bytes)
                {
                    using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
                    file.Write(bytes, 0, bytes.Length);
                }

                void SaveLockFile(string lockFile, byte[] bytes)
                {
                    using (var file = File.Create(lockFile))
                        file.Write(bytes, 0, bytes.Length);
                }

                void SaveText(string path)
                {
                    using var writer = new StreamWriter(File.Create(path));
                    writer.WriteLine("depot");
                }
            """);

        [Fact]
        public Task Read_as_data() => StaysSilent("""
                string? Holder(string root)
                {
                    using var file = File.Open(Path.Combine(root, "depot.pid"), FileMode.Open);
                    using var reader = new StreamReader(file);
                    return reader.ReadLine();
                }

                Task Upload(string path) => Send(File.Open(path, FileMode.Open));
                static Task Send(Stream content) => Task.CompletedTask;
            """);

        [Fact]
        public Task Kept_and_read_elsewhere_in_the_type() => StaysSilent("""
                private readonly FileStream _pages;
                public Depot(string path) => _pages = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                public int Read(byte[] page) => _pages.Read(page, 0, page.Length);
            """);

        [Fact]
        public Task Kept_and_shown_to_others() => StaysSilent("""
                private readonly FileStream _pages;
                public Depot(string path) => _pages = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                public Stream Pages => _pages;
            """);

        [Fact]
        public Task Given_to_the_caller_with_nothing_said() => StaysSilent("""
                public static FileStream OpenPages(string path) => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                public static Stream Read(string path) => File.Open(path, FileMode.Open);
            """);

        [Fact]
        public Task A_temporary_file_that_deletes_itself() => StaysSilent("""
                public static FileStream Scratch(string path) => new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
            """);

        [Fact]
        public Task Touched_or_probed() => StaysSilent("""
                void Touch(string root) { using (File.Create(root + "/.lock")) { } }
                void TouchToo(string root) => File.Open(root + "/.lock", FileMode.OpenOrCreate).Dispose();
                void TouchLast(string root) { using var file = File.Open(root + "/.lock", FileMode.OpenOrCreate); }
                void Probe(string path)
                {
                    var file = File.Open(path, FileMode.OpenOrCreate);
                    file.Close();
                }

                bool IsFree(string path)
                {
                    using (File.Open(path, FileMode.OpenOrCreate))
                        return true;
                }
            """);
    }

    public sealed class Silent_where_a_refusal_is_expected
    {
        [Theory]
        [InlineData("catch (IOException) { return null; }")]
        [InlineData("catch (Exception problem) { Console.Error.WriteLine(problem); return null; }")]
        [InlineData("catch { return null; }")]
        [InlineData("catch (IOException problem) when (problem.HResult == 11) { return null; }")]
        [InlineData("catch (IOException problem) { throw new InvalidOperationException(\"Depot runs already.\", problem); }")]
        [InlineData("catch (IOException problem) { Console.Error.WriteLine(problem.Message); throw; }")]
        [InlineData("catch (DirectoryNotFoundException) { throw; } catch (IOException) { return null; }")]
        [InlineData("catch (Exception) { if (root.Length == 0) return null; throw; }")]
        [InlineData("finally { Console.WriteLine(); } } catch (SystemException) { return null; }")]
        public Task By_a_handler(string handler) => StaysSilent($$"""
                FileStream? Hold(string root)
                {
                    try
                    {
                        {{(handler.StartsWith("finally", StringComparison.Ordinal) ? "try {" : "")}}
                        return File.Open(root + "/.lock", FileMode.OpenOrCreate);
                    }
                    {{handler}}
                }
            """);

        [Fact]
        public Task By_all_callers_of_a_helper() => StaysSilent("""
                private FileStream? _held;
                public bool Start(string root) { try { _held = Hold(root); return true; } catch (IOException) { return false; } }
                public void Sort(string root)
                {
                    try { using var held = HoldAndTell(root); Console.WriteLine("sorting"); }
                    catch (Exception problem) { Console.Error.WriteLine(problem); }
                }

                private static FileStream HoldAndTell(string root) { Console.WriteLine(root); return Hold(root); }
                private static FileStream Hold(string root) => File.Open(root + "/.lock", FileMode.OpenOrCreate);
            """);

        [Fact]
        public Task By_the_factory_around_a_constructor() => StaysSilent("""
                private readonly FileStream _lock;
                private Depot(string root) => _lock = File.Open(root + "/.lock", FileMode.OpenOrCreate);
                public static Depot? Open(string root) { try { return new Depot(root); } catch (IOException) { return null; } }
            """);

        [Fact]
        public Task By_the_caller_of_a_local_function() => StaysSilent("""
                FileStream? Hold(string root)
                {
                    try { return Take(); } catch (IOException) { return null; }
                    FileStream Take() => File.Open(root + "/.lock", FileMode.OpenOrCreate);
                }
            """);

        [Fact]
        public Task By_a_method_that_only_tries() => StaysSilent("""
                public static FileStream TryHold(string root) => File.Open(root + "/.lock", FileMode.OpenOrCreate);
            """);

        [Fact]
        public Task By_a_helper_that_is_given_the_attempt() => Verify.StaysSilent(Usings + """

            static class Patience { public static T Retry<T>(Func<T> attempt) => attempt(); }

            class Depot
            {
                FileStream Hold(string root) => Patience.Retry(() => File.Open(root + "/.lock", FileMode.OpenOrCreate));
                FileStream HoldToo(string root) => Patience.Retry(() => Take(root));
                FileStream Bounded(string root) => LockAnalyzers.Runtime.BoundedRetry.Invoke(() => File.Open(root + "/.lock", FileMode.OpenOrCreate));
                FileStream File1(string root) => LockAnalyzers.Runtime.BoundedFile.Open(root + "/.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                private static FileStream Take(string root) => File.Open(root + "/.lock", FileMode.OpenOrCreate);
            }
            """);

        [Fact]
        public Task By_the_guard_around_a_task() => StaysSilent("""
                async Task<FileStream?> Hold(string root)
                {
                    try { return await Task.Run(() => File.Open(root + "/.lock", FileMode.OpenOrCreate)); }
                    catch (IOException) { return null; }
                }
            """);

        [Fact]
        public Task By_the_handler_of_a_range() => StaysSilent("""
                bool Add(FileStream ledger)
                {
                    try { ledger.Lock(0, 8); } catch (IOException) { return false; }
                    ledger.WriteByte(1);
                    return true;
                }
            """);
    }
}
