using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK111UndrainedChildAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK111UndrainedChildCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK111UndrainedChildTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    /// <summary>A converter with one method around the statements.</summary>
    private static string Method(string body, string signature = "string Run(string tool)") => Usings + $$"""
        class Converter
        {
            {{signature}}
            {
                {{Indented(body)}}
            }
        }
        """;

    private static string Indented(string body) =>
        string.Join("\n", body.Split('\n').Select((line, index) => index == 0 || line.Length == 0 ? line : "        " + line));

    public sealed class Reports
    {
        [Fact]
        public Task A_wait_before_the_output_is_read() => Verify.Reports(Method("""
            var info = new ProcessStartInfo(tool);
            info.RedirectStandardOutput = true;
            var child = Process.Start(info);
            [|child.WaitForExit()|];
            return child.StandardOutput.ReadToEnd();
            """));

        [Fact]
        public Task The_awaited_wait() => Verify.Reports(Method("""
            using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardError = true })!;
            await [|child.WaitForExitAsync()|].ConfigureAwait(false);
            return await child.StandardError.ReadToEndAsync();
            """, "async Task<string> Run(string tool)"));

        [Fact]
        public Task A_wait_that_only_the_caller_can_end() => Verify.Reports(Method("""
            using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;
            await [|child.WaitForExitAsync(cancellation)|];
            return await child.StandardOutput.ReadToEndAsync(cancellation);
            """, "async Task<string> Run(string tool, CancellationToken cancellation)"));

        [Fact]
        public Task A_time_out_that_the_wait_runs_into_at_Info() => Verify.Reports(Method("""
            using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;
            if (![|child.WaitForExit(5_000)|])
                throw new TimeoutException();
            return child.StandardOutput.ReadToEnd();
            """));

        [Theory]
        [InlineData("WaitForExit(-1)")]
        [InlineData("WaitForExit(Timeout.Infinite)")]
        [InlineData("WaitForExit(Timeout.InfiniteTimeSpan)")]
        [InlineData("WaitForExitAsync().Wait()")]
        [InlineData("WaitForExitAsync(default).GetAwaiter().GetResult()")]
        public Task Other_words_for_a_wait_without_end(string wait)
        {
            var end = wait.IndexOf(')') + 1;
            return Verify.Reports(Method($$"""
                var child = new Process();
                child.StartInfo.FileName = tool;
                child.StartInfo.RedirectStandardError = true;
                child.Start();
                [|child.{{wait[..end]}}|]{{wait[end..]}};
                return child.StandardError.ReadToEnd();
                """));
        }

        [Theory]
        [InlineData("new Process { StartInfo = { FileName = tool, RedirectStandardError = true } }")]
        [InlineData("new Process { StartInfo = new ProcessStartInfo(tool) { RedirectStandardError = true } }")]
        [InlineData("new Process { StartInfo = new(tool) { RedirectStandardOutput = true, RedirectStandardError = !false } }")]
        public Task A_stream_that_nobody_ever_reads(string creation) => Verify.Reports(Method($$"""
            using Process child = {{creation}};
            child.Start();
            [|child.WaitForExit()|];
            return child.ExitCode.ToString();
            """));

        [Fact]
        public Task The_error_stream_while_the_output_is_read() => Verify.Reports(Method("""
            var info = new ProcessStartInfo { FileName = tool };
            info.RedirectStandardOutput = info.RedirectStandardError = true;
            using (var child = Process.Start(info))
            {
                var text = child.StandardOutput.ReadToEnd();
                [|child.WaitForExit()|];
                return text;
            }
            """));

        [Fact]
        public Task One_stream_after_the_other() => Verify.Reports(Method("""
            using var child = new Process();
            child.StartInfo = new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true };
            child.Start();
            var text = child.StandardOutput.ReadToEnd();
            text += child.StandardError.ReadToEnd();
            [|child.WaitForExit()|];
            return text;
            """));

        [Fact]
        public Task One_awaited_stream_after_the_other() => Verify.Reports(Method("""
            using var child = Process.Start(info)!;
            var error = await child.StandardError.ReadToEndAsync();
            var text = await child.StandardOutput.ReadToEndAsync();
            await [|child.WaitForExitAsync()|];
            return text + error;
            """, "async Task<string> Run(ProcessStartInfo info)"));

        [Fact]
        public Task One_stream_after_the_other_with_no_wait_or_a_bounded_one() => Verify.Reports(Method("""
            using var child = Process.Start(info)!;
            var text = [|child.StandardOutput.ReadToEnd()|] + child.StandardError.ReadToEnd();
            child.WaitForExit(1_000);
            using var other = Process.Start(info)!;
            return text + [|other.StandardError.ReadToEnd()|] + other.StandardOutput.ReadToEnd();
            """, "string Run(ProcessStartInfo info)"));

        [Fact]
        public Task Lines_in_a_loop_while_the_other_stream_fills() => Verify.Reports(Method("""
            var child = new Process { StartInfo = { FileName = tool, RedirectStandardOutput = true, RedirectStandardError = true } };
            child.Start();
            string? line;
            while ((line = child.StandardError.ReadLine()) != null)
                Console.Error.WriteLine(line);
            [|child.WaitForExit()|];
            return "";
            """));

        [Fact]
        public Task A_process_made_elsewhere_since_only_a_pipe_can_be_read() => Verify.Reports(Method("""
            var child = Make(tool);
            child.Start();
            [|child.WaitForExit()|];
            return child.ExitCode == 0 ? child.StandardOutput.ReadToEnd() : "";
            static Process Make(string tool) => throw new NotImplementedException();
            """));

        [Fact]
        public Task A_handler_that_nobody_feeds() => Verify.Reports(Method("""
            var child = new Process { StartInfo = new ProcessStartInfo(tool) { RedirectStandardOutput = true } };
            child.OutputDataReceived += (_, e) => Console.WriteLine(e.Data);
            child.Start();
            [|child.WaitForExit()|];
            return "";
            """));

        [Fact]
        public Task A_reader_that_is_taken_before_and_used_after() => Verify.Reports(Method("""
            var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;
            var reader = child.StandardOutput;
            [|child.WaitForExit()|];
            return reader.ReadToEnd();
            """));

        [Fact]
        public Task A_field_that_nobody_else_uses() => Verify.Reports(Usings + """
            class Converter
            {
                private Process? _child;

                public void Run(string tool)
                {
                    _child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardError = true })!;
                    [|_child.WaitForExit()|];
                    Console.WriteLine(_child.StandardError.ReadToEnd());
                }
            }
            """);

        [Fact]
        public Task A_child_that_is_killed_only_after_an_endless_wait() => Verify.Reports(Method("""
            var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;
            try
            {
                child?[|.WaitForExit()|];
            }
            finally
            {
                child?.Kill();
            }

            return "";
            """));

        [Fact]
        public Task Top_level_statements() => Verify.ReportsProgram("""
            using System.Diagnostics;

            var child = Process.Start(new ProcessStartInfo("tool") { RedirectStandardOutput = true })!;
            [|child.WaitForExit()|];
            System.Console.WriteLine(child.StandardOutput.ReadToEnd());
            """);

        [Fact]
        public Task A_child_per_turn_of_a_loop() => Verify.Reports(Method("""
            var text = "";
            foreach (var file in Directory.GetFiles(tool))
            {
                using var child = Process.Start(new ProcessStartInfo(file) { RedirectStandardOutput = true })!;
                [|child.WaitForExit()|];
                text += child.StandardOutput.ReadToEnd();
            }

            return text;
            """));
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("var error = child.StandardError.ReadToEndAsync(); var text = child.StandardOutput.ReadToEnd(); child.WaitForExit();")]
        [InlineData("child.BeginErrorReadLine(); child.BeginOutputReadLine(); child.WaitForExit();")]
        [InlineData("child.BeginErrorReadLine(); var text = child.StandardOutput.ReadToEnd(); child.WaitForExit();")]
        [InlineData("var pump = Task.Run(() => child.StandardError.ReadToEnd()); var text = child.StandardOutput.ReadToEnd(); child.WaitForExit();")]
        [InlineData("Task.WaitAll(child.StandardError.ReadToEndAsync(), child.StandardOutput.ReadToEndAsync()); child.WaitForExit();")]
        [InlineData("Pump(child.StandardOutput); Pump(child.StandardError); child.WaitForExit();")]
        [InlineData("Pump(child); child.WaitForExit();")]
        [InlineData("var wait = Task.Run(() => child.WaitForExit()); var pump = child.StandardError.ReadToEndAsync(); child.StandardOutput.ReadToEnd(); wait.Wait();")]
        [InlineData("var wait = child.WaitForExitAsync(); var pump = child.StandardError.ReadToEndAsync(); child.StandardOutput.ReadToEnd(); wait.Wait();")]
        [InlineData("child.StandardOutput.Close(); child.StandardError.Close(); child.WaitForExit();")]
        [InlineData("child.Kill(); child.WaitForExit();")]
        [InlineData("using var kill = new Timer(_ => child.Kill(), null, 1000, -1); child.WaitForExit();")]
        [InlineData("if (!child.WaitForExit(1000)) { child.Kill(true); child.WaitForExit(); }")]
        [InlineData("if (child.HasExited) child.WaitForExit();")]
        [InlineData("while (!child.WaitForExit(100)) { Pump(child.StandardOutput); Pump(child.StandardError); }")]
        [InlineData("child.WaitForExit(0);")]
        public Task Streams_that_are_read_meanwhile_and_children_that_end_anyway(string body) => Verify.StaysSilent(Usings + $$"""
            class Converter
            {
                static void Pump(object child) { }

                void Run(ProcessStartInfo info)
                {
                    info.RedirectStandardOutput = true;
                    info.RedirectStandardError = true;
                    using var child = Process.Start(info)!;
                    {{body}}
                }
            }
            """);

        [Fact]
        public Task Nothing_redirected() => Verify.StaysSilent(Method("""
            using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardInput = true, RedirectStandardOutput = false });
            child!.WaitForExit();
            return child.ExitCode.ToString();
            """));

        [Fact]
        public Task A_redirection_that_was_taken_back() => Verify.StaysSilent(Method("""
            var info = new ProcessStartInfo(tool) { RedirectStandardOutput = true };
            info.RedirectStandardOutput = false;
            using var child = Process.Start(info)!;
            child.WaitForExit();
            return "";
            """));

        [Fact]
        public Task A_start_info_that_is_not_seen() => Verify.StaysSilent(Method("""
            using var child = Process.Start(info)!;
            child.WaitForExit();
            return "";
            """, "string Run(ProcessStartInfo info)"));

        [Fact]
        public Task A_process_that_somebody_else_started() => Verify.StaysSilent(Usings + """
            class Converter
            {
                static string Finish(Process child)
                {
                    child.WaitForExit();
                    return child.StandardOutput.ReadToEnd();
                }

                static void OnExited(object? sender, EventArgs e)
                {
                    var child = (Process)sender!;
                    child.WaitForExit();
                    Console.WriteLine(child.StandardError.ReadToEnd());
                }
            }
            """);

        [Fact]
        public Task One_stream_that_is_read_to_its_end_before() => Verify.StaysSilent(Method("""
            using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;
            var text = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            return text;
            """));

        [Fact]
        public Task Concurrent_reads_that_are_awaited_together() => Verify.StaysSilent(Method("""
            using var child = Process.Start(info)!;
            var output = child.StandardOutput.ReadToEndAsync();
            var error = child.StandardError.ReadToEndAsync();
            await Task.WhenAll(output, error, child.WaitForExitAsync());
            return await output + await error;
            """, "async Task<string> Run(ProcessStartInfo info)"));

        [Fact]
        public Task A_field_that_another_member_reads() => Verify.StaysSilent(Usings + """
            class Converter
            {
                private Process _child = null!;

                public void Run(string tool)
                {
                    _child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardError = true })!;
                    new Thread(Pump).Start();
                    _child.WaitForExit();
                }

                private void Pump() => Console.WriteLine(_child.StandardError.ReadToEnd());
            }
            """);

        [Fact]
        public Task Reads_of_files_and_other_things_with_such_names() => Verify.StaysSilent(Usings + """
            class Job
            {
                public TextReader StandardOutput => TextReader.Null;
                public void WaitForExit() { }

                static string Run(string path)
                {
                    var job = new Job();
                    job.WaitForExit();
                    using var reader = new StreamReader(path);
                    return job.StandardOutput.ReadToEnd() + reader.ReadToEnd();
                }
            }
            """);
    }

    public sealed class Known
    {
        /// <summary>The start info comes from a conditional expression.</summary>
        [Fact]
        public Task FN_A_start_info_that_is_chosen() => Verify.StaysSilent(Method("""
            var info = tool.Length > 3 ? new ProcessStartInfo(tool) { RedirectStandardError = true } : new ProcessStartInfo("tool") { RedirectStandardError = true };
            using var child = Process.Start(info)!;
            child.WaitForExit();
            return "";
            """));

        /// <summary>What another method does with the start info is not read, so a stream that nobody reads is not known to be a pipe.</summary>
        [Fact]
        public Task FN_A_start_info_made_by_another_method() => Verify.StaysSilent(Usings + """
            class Converter
            {
                static ProcessStartInfo Info(string tool) => new(tool) { RedirectStandardError = true };

                static void Run(string tool)
                {
                    using var child = Process.Start(Info(tool))!;
                    child.WaitForExit();
                }
            }
            """);

        /// <summary>A class of one's own around a process is not seen through.</summary>
        [Fact]
        public Task FN_A_class_around_a_process() => Verify.StaysSilent(Usings + """
            class Tool
            {
                private readonly Process _process = new();
                public StreamReader StandardOutput => _process.StandardOutput;
                public void WaitForExit() => _process.WaitForExit();

                static string Run()
                {
                    var tool = new Tool();
                    tool.WaitForExit();
                    return tool.StandardOutput.ReadToEnd();
                }
            }
            """);

        /// <summary>Whoever is given the process may read it, so nothing is said of it afterwards.</summary>
        [Fact]
        public Task FN_A_process_that_is_handed_to_a_list() => Verify.StaysSilent(Method("""
            var running = new List<Process>();
            using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;
            running.Add(child);
            child.WaitForExit();
            return child.StandardOutput.ReadToEnd();
            """));
    }
}
