using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK102ExclusiveFileLockAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK102ExclusiveFileLockCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK102ExclusiveFileLockTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using static System.IO.FileShare;


        """;

    /// <summary>A class around members, for stories in which only they matter.</summary>
    private static string Depot(string members) => Usings + "class Depot\n{\n" + members + "\n}\n";

    private static Task Reports(string members) => Verify.Reports(Depot(members));

    private static Task StaysSilent(string members) => Verify.StaysSilent(Depot(members));

    public sealed class Reports_every_way_to_open
    {
        [Theory]
        [InlineData("new FileStream(root + \"/depot.lock\", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)")]
        [InlineData("new FileStream(root + \"/depot.lock\", FileMode.OpenOrCreate, FileAccess.ReadWrite, None, 1, FileOptions.DeleteOnClose)")]
        [InlineData("new FileStream(root + \"/depot.lock\", FileMode.OpenOrCreate, FileAccess.ReadWrite, 0)")]
        [InlineData("new FileStream(root + \"/depot.lock\", FileMode.OpenOrCreate, FileAccess.ReadWrite, share: default, bufferSize: 1, useAsync: true)")]
        [InlineData("new FileStream(root + \"/depot.lock\", FileMode.Open, FileAccess.Read, FileShare.None)")]
        [InlineData("new FileStream(root + \"/depot.lock\", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None | FileShare.Delete)")]
        [InlineData("new FileStream(root + \"/depot.lock\", new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None })")]
        [InlineData("File.Open(root + \"/depot.lock\", FileMode.OpenOrCreate)")]
        [InlineData("File.Open(root + \"/depot.lock\", FileMode.OpenOrCreate, FileAccess.Write)")]
        [InlineData("File.Open(root + \"/depot.lock\", FileMode.CreateNew, FileAccess.Write, FileShare.None)")]
        [InlineData("File.Open(root + \"/depot.lock\", new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = 0 })")]
        [InlineData("File.OpenWrite(root + \"/depot.lock\")")]
        [InlineData("File.Create(root + \"/depot.lock\")")]
        [InlineData("File.Create(root + \"/depot.lock\", 1, FileOptions.DeleteOnClose)")]
        [InlineData("File.OpenHandle(root + \"/depot.lock\", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)")]
        [InlineData("new FileInfo(root + \"/depot.lock\").Open(FileMode.OpenOrCreate)")]
        [InlineData("new FileInfo(root + \"/depot.lock\").Open(FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)")]
        [InlineData("new FileInfo(root + \"/depot.lock\").OpenWrite()")]
        [InlineData("new FileInfo(root + \"/depot.lock\").Create()")]
        [InlineData("new StreamWriter(root + \"/depot.lock\", new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None })")]
        public Task Held_in_a_scope(string open) => Reports($$"""
                void Sort(string root)
                {
                    using var held = [|{{open}}|];
                    Console.WriteLine("sorting");
                }
            """);

        [Fact]
        public Task Target_typed_in_a_field() => Reports("""
                private readonly FileStream _held = [|new(Path.Combine(AppContext.BaseDirectory, "LOCK"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)|];
            """);

        [Fact]
        public Task By_a_derived_stream() => Verify.Reports(Usings + """
            sealed class SiteMutex : FileStream
            {
                public SiteMutex(string site) [|: base(site + ".mutex", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)|] { }
            }
            """);

        [Fact]
        public Task By_a_stream_under_another_name() => Verify.Reports(Usings.Replace("using System;", "using System;\nusing Handle = System.IO.FileStream;", StringComparison.Ordinal) + """
            sealed class SiteMutex
            {
                public Handle Take(string site) => [|new Handle(site + ".mutex", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)|];
            }
            """);

        [Fact]
        public Task With_options_set_up_before() => Reports("""
                FileStream Hold(string root)
                {
                    var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate };
                    options.Share = FileShare.None;
                    return [|File.Open(Path.Combine(root, ".lock"), options)|];
                }
            """);

        [Fact]
        public Task With_options_kept_in_a_field() => Reports("""
                static readonly FileStreamOptions Alone = new() { Mode = FileMode.OpenOrCreate, Share = FileShare.None };
                FileStream Hold(string root) => [|new FileStream(Path.Combine(root, ".lock"), Alone)|];
            """);

        [Fact]
        public Task With_a_share_from_a_constant() => Reports("""
                const FileShare Nobody = FileShare.None;
                FileStream Hold(string root) => [|new FileStream(Path.Combine(root, ".lock"), FileMode.OpenOrCreate, FileAccess.Write, Nobody)|];
            """);

        [Fact]
        public Task With_a_share_that_may_be_none() => Reports("""
                FileStream Hold(string root, bool readers)
                {
                    var share = readers ? FileShare.Read : FileShare.None;
                    return [|new FileStream(Path.Combine(root, ".lock"), FileMode.OpenOrCreate, FileAccess.Write, share)|];
                }
            """);
    }

    public sealed class Reports_what_is_used_as_a_lock
    {
        [Theory]
        [InlineData("Path.Combine(root, \"write.lock\")")]
        [InlineData("Path.Join(root, \"app\", \".lock\")")]
        [InlineData("$\"{root}/{name}.lck\"")]
        [InlineData("name + \".pid\"")]
        [InlineData("\"/run/depot.pid\"")]
        [InlineData("Path.ChangeExtension(root, \"lock\")")]
        [InlineData("string.Format(\"{0}/depot.lock\", root)")]
        [InlineData("Path.Combine(root, \"locks\", name)")]
        [InlineData("Path.Combine(root, LockName)")]
        [InlineData("Path.Combine(root, FileName)")]
        [InlineData("GetLockPath(root)")]
        [InlineData("Path.Combine(_lockFolder, name)")]
        [InlineData("Path.GetFullPath(_lockPath)")]
        public Task By_its_path(string path) => Reports($$"""
                const string FileName = "LOCK";
                static readonly string LockName = "depot" + FileName;
                string _lockPath = "";
                string _lockFolder = "";
                string GetLockPath(string root) => root;

                FileStream Open(string root, string name) => [|new FileStream({{path}}, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)|];
            """);

        [Fact]
        public Task By_a_path_made_before() => Reports("""
                void Sort(string root)
                {
                    var file = Path.Combine(root, "sort");
                    file += ".lock";
                    var info = new FileInfo(Path.Combine(root, "merge.lock"));
                    using (var first = [|info.Open(FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)|])
                        Console.WriteLine(first.Name);
                }
            """);

        [Fact]
        public Task By_the_name_of_what_keeps_it() => Reports("""
                private FileStream? _instanceLock;
                public void Start(string path) => _instanceLock = [|new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)|];
                public void Stop() => _instanceLock?.Dispose();
            """);

        [Fact]
        public Task By_the_member_that_gives_it() => Reports("""
                public static FileStream AcquireExclusive(string path) => [|File.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)|];
            """);

        [Fact]
        public Task By_the_handle_it_is_wrapped_in() => Verify.Reports(Usings + """
            sealed class LockHandle(Stream file) : IDisposable { public void Dispose() => file.Dispose(); }

            class Depot
            {
                IDisposable Enter(string path) => new LockHandle([|File.Open(path, FileMode.OpenOrCreate)|]);
            }
            """);

        [Fact]
        public Task Kept_open_and_never_read() => Reports("""
                void Compact(string path)
                {
                    using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read)) { }
                    using ([|new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)|])
                    {
                        Console.WriteLine("compacting");
                    }
                }
            """);

        [Fact]
        public Task A_data_file_held_while_others_must_stay_out() => Reports("""
                void Migrate(string database)
                {
                    using var alone = [|new FileStream(database, FileMode.Open, FileAccess.ReadWrite, FileShare.None)|];
                    Console.WriteLine("migrating");
                }
            """);

        [Fact]
        public Task Kept_in_a_field_and_never_read() => Reports("""
                private FileStream? _sentinel;
                public void Start(string path) => _sentinel = [|new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)|];
                public void Stop() { if (_sentinel != null) { _sentinel.Close(); _sentinel = null; } }
            """);

        [Fact]
        public Task With_the_process_id_written_into_it() => Reports("""
                private FileStream _pid = null!;
                public void Start(string root)
                {
                    _pid = [|new FileStream(Path.Combine(root, "depot.pid"), FileMode.CreateNew, FileAccess.Write, FileShare.None)|];
                    _pid.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString()));
                    _pid.Flush(true);
                }
            """);

        [Fact]
        public Task A_range_of_a_shared_file() => Reports("""
                void Add(FileStream ledger)
                {
                    [|ledger.Lock(0, 8)|];
                    ledger.WriteByte(1);
                    ledger.Unlock(0, 8);
                }
            """);

        [Fact]
        public Task In_a_handler_that_only_throws_on() => Reports("""
                FileStream Hold(string root)
                {
                    try
                    {
                        return [|File.Open(root + "/.lock", FileMode.OpenOrCreate)|];
                    }
                    catch (Exception problem)
                    {
                        Console.Error.WriteLine(problem);
                        throw;
                    }
                }
            """);

        [Fact]
        public Task With_handlers_for_other_errors() => Reports("""
                FileStream? Hold(string root)
                {
                    try
                    {
                        return [|File.Open(root + "/.lock", FileMode.OpenOrCreate)|];
                    }
                    catch (DirectoryNotFoundException) { return null; }
                    catch (UnauthorizedAccessException) { return null; }
                }
            """);

        [Fact]
        public Task In_a_task_that_nobody_guards() => Reports("""
                Task<FileStream> Hold(string root) => Task.Run(() => [|File.Open(root + "/.lock", FileMode.OpenOrCreate)|]);
            """);

        [Fact]
        public Task In_a_private_helper_with_a_careless_caller() => Reports("""
                public void Sort(string root) { using var held = Hold(root); Console.WriteLine("sorting"); }
                public void Merge(string root) { try { using var held = Hold(root); Console.WriteLine("merging"); } catch (IOException) { } }
                private static FileStream Hold(string root) => [|File.Open(root + "/.lock", FileMode.OpenOrCreate)|];
            """);
    }
}
