using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK107UnboundedRetryAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK107UnboundedRetryCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK107UnboundedRetryTests
{
    private const string Open = "new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)";

    public sealed class Reports_file_loops
    {
        [Fact]
        public Task While_true() => Reports($$"""
                FileStream Hold(string path)
                {
                    [|while (true)|]
                    {
                        try { return {{Open}}; }
                        catch (IOException) { Thread.Sleep(50); }
                    }
                }
            """);

        [Fact]
        public Task Until_a_flag_is_set_by_success() => Reports($$"""
                private FileStream? _held;
                void Hold(string path)
                {
                    var acquired = false;
                    [|while (!acquired)|]
                    {
                        try
                        {
                            _held = {{Open}};
                            acquired = true;
                        }
                        catch (IOException)
                        {
                            acquired = false;
                            Thread.Sleep(50);
                        }
                    }
                }
            """);

        [Fact]
        public Task Until_the_stream_is_there() => Reports($$"""
                async Task<FileStream> Hold(string path)
                {
                    FileStream? held = null;
                    [|do|]
                    {
                        try { held = {{Open}}; }
                        catch (Exception problem) when (problem is IOException) { await Task.Delay(50); }
                    }
                    while (held == null);
                    return held;
                }
            """);

        [Fact]
        public Task By_goto() => Reports($$"""
                FileStream Hold(string path)
                {
                again:
                    try { return {{Open}}; }
                    catch (IOException) { Thread.Sleep(50); [|goto again;|] }
                }
            """);

        [Fact]
        public Task By_calling_itself() => Reports($$"""
                FileStream Hold(string path)
                {
                    try { return {{Open}}; }
                    catch (IOException) { Thread.Sleep(50); return [|Hold(path)|]; }
                }
            """);

        [Fact]
        public Task With_a_counter_that_only_feeds_the_log() => Reports($$"""
                FileStream Hold(string path)
                {
                    [|for (var attempt = 1; ; attempt++)|]
                    {
                        try { return {{Open}}; }
                        catch (IOException) when (attempt > 0)
                        {
                            if (attempt % 10 == 0)
                                Console.Error.WriteLine($"still waiting, attempt {attempt}");
                            Thread.Sleep(Math.Min(50 * attempt, 1000));
                        }
                    }
                }
            """.Replace(" when (attempt > 0)", ""));

        [Fact]
        public Task With_a_limit_for_another_error_only() => Reports($$"""
                FileStream Hold(string path)
                {
                    var left = 10;
                    [|while (true)|]
                    {
                        try { return {{Open}}; }
                        catch (UnauthorizedAccessException)
                        {
                            if (left-- == 0)
                                throw;
                        }
                        catch (IOException)
                        {
                            Thread.Sleep(50);
                        }
                    }
                }
            """);

        [Fact]
        public Task With_a_limit_on_one_branch_only() => Reports($$"""
                FileStream Hold(string path, bool patient)
                {
                    var left = 10;
                    [|while (true)|]
                    {
                        try { return {{Open}}; }
                        catch (IOException)
                        {
                            if (!patient && left-- == 0)
                                throw;
                            Thread.Sleep(50);
                        }
                    }
                }
            """);

        [Fact]
        public Task With_a_limit_that_is_none() => Reports($$"""
                FileStream Hold(string path)
                {
                    [|for (var i = 0; i < int.MaxValue; i++)|]
                    {
                        try { return {{Open}}; }
                        catch (IOException problem)
                        {
                            if (problem.HResult == -1 || !File.Exists(path))
                                throw;
                            Task.Delay(50, CancellationToken.None).Wait();
                        }
                    }

                    throw new IOException();
                }
            """);

        [Fact]
        public Task Around_a_helper_of_the_same_type() => Reports($$"""
                public FileStream Hold(string path)
                {
                    [|while (true)|]
                    {
                        try { return Take(path); }
                        catch (IOException) { Thread.Sleep(50); }
                    }
                }

                public async Task<FileStream> HoldAsync(string path, CancellationToken stop)
                {
                    while (true)
                    {
                        try { return Take(path); }
                        catch (IOException) { await Task.Delay(50, stop); }
                    }
                }

                private static FileStream Take(string path) => {{Open}};
            """);

        [Fact]
        public Task In_the_retry_helper_of_the_same_type() => Reports($$"""
                public FileStream Hold(string path) => Again(() => {{Open}});

                private static T Again<T>(Func<T> attempt)
                {
                    [|while (true)|]
                    {
                        try { return attempt(); }
                        catch (IOException) { Thread.Sleep(50); }
                    }
                }
            """);

        [Fact]
        public Task Around_a_range() => Reports("""
                void Add(FileStream ledger)
                {
                    [|for (; ; )|]
                    {
                        try { ledger.Lock(0, 8); break; }
                        catch (IOException) { Thread.Sleep(1); }
                    }
                }
            """);

        [Fact]
        public Task Around_a_range_of_a_file_that_is_opened_each_time() => Reports("""
                FileStream Add(string path)
                {
                    [|for (; ; )|]
                    {
                        var ledger = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
                        try { ledger.Lock(0, 8); return ledger; }
                        catch (IOException) { ledger.Dispose(); }
                    }
                }
            """);

        [Fact]
        public Task In_a_lambda() => Reports($$"""
                Thread Worker(string path) => new Thread(() =>
                {
                    [|while (true)|]
                    {
                        try { using var held = {{Open}}; Console.WriteLine("leading"); return; }
                        catch (IOException) { Thread.Sleep(1000); }
                    }
                });
            """);
    }

    public sealed class Silent_where_a_file_loop_has_a_limit
    {
        [Theory]
        [InlineData("for (var i = 0; i < 10; i++)", "Thread.Sleep(50);")]
        [InlineData("for (var i = 0; ; i++)", "if (i == 10) throw; Thread.Sleep(50);")]
        [InlineData("while (left-- > 0)", "Thread.Sleep(50);")]
        [InlineData("while (true)", "if (--left <= 0) return null; Thread.Sleep(50);")]
        [InlineData("while (true)", "left = left - 1; if (left == 0) break; Thread.Sleep(50);")]
        [InlineData("while (watch.Elapsed < limit)", "Thread.Sleep(50);")]
        [InlineData("while (true)", "if (watch.ElapsedMilliseconds > 10_000) throw; Thread.Sleep(50);")]
        [InlineData("while (DateTime.UtcNow < until)", "Thread.Sleep(50);")]
        [InlineData("while (true)", "var isLate = Environment.TickCount64 - start > 10_000; if (isLate) throw; Thread.Sleep(50);")]
        [InlineData("while (!token.IsCancellationRequested)", "Thread.Sleep(50);")]
        [InlineData("while (true)", "token.ThrowIfCancellationRequested(); Thread.Sleep(50);")]
        [InlineData("while (true)", "await Task.Delay(50, token);")]
        [InlineData("while (true)", "if (token.WaitHandle.WaitOne(50)) return null;")]
        [InlineData("while (!_stopping)", "Thread.Sleep(50);")]
        [InlineData("while (true)", "if (_stop.WaitOne(50)) return null;")]
        [InlineData("while (Running)", "Thread.Sleep(50);")]
        [InlineData("while (true)", "if (!policy.MayTryAgain(left)) throw; Thread.Sleep(50);")]
        [InlineData("foreach (var pause in new[] { 50, 100, 200 })", "Thread.Sleep(pause);")]
        [InlineData("while (true)", "ThrowIfExpired(); Thread.Sleep(50);")]
        [InlineData("while (true)", "if (watch.Elapsed > limit) ThrowTimeout(); Thread.Sleep(50);")]
        [InlineData("while (true)", "if (--left == 0) Environment.Exit(1); Thread.Sleep(50);")]
        [InlineData("while (true)", "if (Interlocked.Decrement(ref left) == 0) return null; Thread.Sleep(50);")]
        [InlineData("do", "if (left-- == 0) throw; Thread.Sleep(50);", "while (true);")]
        [InlineData("do", "Thread.Sleep(50);", "while (++left < 20);")]
        public Task Of_any_kind(string loop, string handler, string tail = "") => StaysSilent($$"""
                private volatile bool _stopping;
                private readonly ManualResetEvent _stop = new(false);
                private bool Running => !_stopping;
                private void ThrowIfExpired() { }
                private void ThrowTimeout() => throw new TimeoutException();
                public void Stop() => _stopping = true;
                interface IPolicy { bool MayTryAgain(int left); }

                async Task<FileStream?> Hold(string path, CancellationToken token, IPolicy policy)
                {
                    var left = 10;
                    var watch = Stopwatch.StartNew();
                    var limit = TimeSpan.FromSeconds(10);
                    var until = DateTime.UtcNow + limit;
                    var start = Environment.TickCount64;
                    {{loop}}
                    {
                        try { return {{Open}}; }
                        catch (IOException)
                        {
                            {{handler}}
                        }
                    } {{tail}}

                    await Task.Yield();
                    return null;
                }
            """);

        [Fact]
        public Task In_a_filter() => StaysSilent($$"""
                FileStream Hold(string path)
                {
                    for (var attempt = 1; ; attempt++)
                    {
                        try { return {{Open}}; }
                        catch (IOException) when (attempt < 10) { Thread.Sleep(50); }
                    }
                }
            """);

        [Fact]
        public Task Counted_in_a_recursion() => StaysSilent($$"""
                FileStream Hold(string path, int left)
                {
                    try { return {{Open}}; }
                    catch (IOException) when (left > 0) { Thread.Sleep(50); return Hold(path, left - 1); }
                }
            """);

        [Fact]
        public Task Set_by_a_key_press() => StaysSilent($$"""
                FileStream? Hold(string path)
                {
                    var isOver = false;
                    Console.CancelKeyPress += (_, _) => isOver = true;
                    while (!isOver)
                    {
                        try { return {{Open}}; }
                        catch (IOException) { Thread.Sleep(50); }
                    }

                    return null;
                }
            """);

        [Fact]
        public Task In_the_caller_of_a_helper() => StaysSilent("""
                public FileStream? Hold(string root)
                {
                    for (var i = 0; i < 5; i++)
                    {
                        try { return Take(root); }
                        catch (IOException) { Thread.Sleep(50); }
                    }

                    return null;
                }

                private static FileStream Take(string root) => File.Open(root + "/.lock", FileMode.OpenOrCreate);
            """);
    }

    public sealed class Silent_where_a_file_loop_is_no_retry
    {
        [Fact]
        public Task Another_name_asked_for_each_turn() => StaysSilent("""
                FileStream Choose()
                {
                    while (true)
                    {
                        var path = AskForPath();
                        try { return File.Open(path, FileMode.Open); }
                        catch (IOException) { Console.WriteLine("in use, choose another"); }
                    }
                }

                static string AskForPath() => Console.ReadLine() ?? "";
            """);

        [Fact]
        public Task A_range_of_another_file_each_turn() => StaysSilent("""
                FileStream Slot(string root)
                {
                    for (var number = 0; ; number++)
                    {
                        var slot = new FileStream(root + number, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
                        try { slot.Lock(0, 8); return slot; }
                        catch (IOException) { slot.Dispose(); }
                    }
                }
            """);

        [Fact]
        public Task Another_file_each_turn() => StaysSilent("""
                FileStream Slot(string root)
                {
                    var number = 0;
                    while (true)
                    {
                        var path = Path.Combine(root, $"slot{number}.lock");
                        try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
                        catch (IOException) { number++; }
                    }
                }
            """);

        [Fact]
        public Task Work_that_goes_on_after_success() => StaysSilent("""
                void Follow(TextReader input, string path)
                {
                    while (input.ReadLine() is { } line)
                    {
                        try
                        {
                            using var writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None));
                            writer.WriteLine(line);
                        }
                        catch (IOException problem) { Console.Error.WriteLine(problem.Message); }
                    }
                }

                void Beat(string path)
                {
                    while (true)
                    {
                        try { using var file = File.Create(path); file.WriteByte(1); }
                        catch (IOException) { }
                        Thread.Sleep(1000);
                    }
                }
            """);

        [Fact]
        public Task A_failure_that_leaves() => StaysSilent($$"""
                void Serve(string path)
                {
                    while (true)
                    {
                        try { using var held = {{Open}}; Console.ReadLine(); }
                        catch (IOException) { return; }
                    }
                }
            """);
    }

    public sealed class Known_of_files
    {
        [Fact]
        public Task FN_The_endless_loop_stands_in_another_type() => Verify.StaysSilent(Usings + """
            static class Site
            {
                public static FileStream TryOpen(string path) => File.Open(path, FileMode.OpenOrCreate);
            }

            class Depot
            {
                public FileStream Hold(string path)
                {
                    while (true)
                    {
                        try { return Site.TryOpen(path); }
                        catch (IOException) { Thread.Sleep(50); }
                    }
                }
            }
            """);

        [Fact]
        public Task FN_A_condition_that_asks_a_method_which_never_says_stop() => StaysSilent("""
                private static bool Always() => true;
                public static FileStream? Hold(string path)
                {
                    while (Always())
                    {
                        try { return File.Open(path, FileMode.OpenOrCreate); }
                        catch (IOException) { Thread.Sleep(50); }
                    }

                    return null;
                }
            """);
    }
}
