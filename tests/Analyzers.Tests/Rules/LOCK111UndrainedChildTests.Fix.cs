using LockAnalyzers.CodeFixes.Rules;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK111UndrainedChildAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK111UndrainedChildCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK111UndrainedChildTests
{
    public sealed class Fix
    {
        private const string WithRuntime = "using LockAnalyzers.Runtime;\n";

        /// <summary>The fixed method, with the using directive that the fix adds at the end.</summary>
        private static string Bounded(string body, string signature = "string Run(string tool)") =>
            Method(body, signature).Replace("class Converter", WithRuntime + "class Converter", StringComparison.Ordinal);

        [Fact]
        public Task A_wait_before_the_read() => Verify.Fixes(
            Method("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;

                // Until it is done.
                [|child.WaitForExit()|]; // it ends
                return child.StandardOutput.ReadToEnd(); // all of it
                """),
            Bounded("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;

                // Until it is done.
                var childText = BoundedProcess.ReadToEnd(child, TimeSpan.FromMinutes(10)); // it ends
                return childText.StandardOutput; // all of it
                """),
            LOCK111UndrainedChildCodeFix.BoundedKey);

        [Fact]
        public Task The_same_with_the_framework_alone() => Verify.FixesWithoutRuntime(
            Method("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true })!;

                // Until it is done.
                [|child.WaitForExit()|]; // it ends
                return child.StandardOutput.ReadToEnd(); // all of it
                """),
            Method("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true })!;

                // Until it is done.
                var childOutput = child.StandardOutput.ReadToEndAsync();
                child.BeginErrorReadLine();
                child.WaitForExit(); // it ends
                return childOutput.GetAwaiter().GetResult(); // all of it
                """));

        [Fact]
        public Task One_stream_after_the_other() => Verify.Fixes(
            Method("""
                using var child = Process.Start(info)!;
                var text = child.StandardOutput.ReadToEnd();
                var error = child.StandardError.ReadToEnd();
                [|child.WaitForExit()|];
                return text + error;
                """, "string Run(ProcessStartInfo info, CancellationToken cancellation)"),
            Bounded("""
                using var child = Process.Start(info)!;
                var childText = BoundedProcess.ReadToEnd(child, TimeSpan.FromMinutes(10), cancellationToken: cancellation);
                var text = childText.StandardOutput;
                var error = childText.StandardError;
                return text + error;
                """, "string Run(ProcessStartInfo info, CancellationToken cancellation)"),
            LOCK111UndrainedChildCodeFix.BoundedKey);

        [Fact]
        public Task One_stream_after_the_other_in_the_background() => Verify.Fixes(
            Method("""
                using var child = Process.Start(info)!;
                var text = child.StandardOutput.ReadToEnd();
                var error = child.StandardError.ReadToEnd();
                [|child.WaitForExit()|];
                return text + error;
                """, "string Run(ProcessStartInfo info)"),
            Method("""
                using var child = Process.Start(info)!;
                var childError = child.StandardError.ReadToEndAsync();
                var text = child.StandardOutput.ReadToEnd();
                var error = childError.GetAwaiter().GetResult();
                child.WaitForExit();
                return text + error;
                """, "string Run(ProcessStartInfo info)"),
            LOCK111UndrainedChildCodeFix.DrainKey);

        [Fact]
        public Task Awaited() => Verify.Fixes(
            Method("""
                using var child = Process.Start(info)!;
                await [|child.WaitForExitAsync(cancellation)|].ConfigureAwait(false);
                return await child.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false) + child.StandardError.ReadToEnd().Trim();
                """, "async Task<string> Run(ProcessStartInfo info, CancellationToken cancellation)"),
            Bounded("""
                using var child = Process.Start(info)!;
                var childText = await BoundedProcess.ReadToEndAsync(child, TimeSpan.FromMinutes(10), cancellationToken: cancellation);
                return childText.StandardOutput + childText.StandardError.Trim();
                """, "async Task<string> Run(ProcessStartInfo info, CancellationToken cancellation)"),
            LOCK111UndrainedChildCodeFix.BoundedKey);

        [Fact]
        public Task Awaited_in_the_background() => Verify.Fixes(
            Method("""
                using var child = Process.Start(info)!;
                await [|child.WaitForExitAsync(cancellation)|];
                return await child.StandardOutput.ReadToEndAsync(cancellation) + child.StandardError.ReadToEnd().Trim();
                """, "async Task<string> Run(ProcessStartInfo info, CancellationToken cancellation)"),
            Method("""
                using var child = Process.Start(info)!;
                var childOutput = child.StandardOutput.ReadToEndAsync(cancellation);
                var childError = child.StandardError.ReadToEndAsync();
                await child.WaitForExitAsync(cancellation);
                return await childOutput + (await childError).Trim();
                """, "async Task<string> Run(ProcessStartInfo info, CancellationToken cancellation)"),
            LOCK111UndrainedChildCodeFix.DrainKey);

        [Fact]
        public Task A_time_out_keeps_its_time() => Verify.Fixes(
            Method("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;
                if (![|child.WaitForExit(5_000)|])
                    throw new TimeoutException();
                return child.StandardOutput.ReadToEnd();
                """),
            Method("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true })!;
                var childOutput = child.StandardOutput.ReadToEndAsync();
                if (!child.WaitForExit(5_000))
                    throw new TimeoutException();
                return childOutput.GetAwaiter().GetResult();
                """));

        [Fact]
        public Task A_stream_that_nobody_reads() => Verify.Fixes(
            Method("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardError = true })!;
                [|child.WaitForExit()|];
                return child.ExitCode.ToString();
                """),
            Bounded("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardError = true })!;
                BoundedProcess.ReadToEnd(child, TimeSpan.FromMinutes(10));
                return child.ExitCode.ToString();
                """),
            LOCK111UndrainedChildCodeFix.BoundedKey);

        [Fact]
        public Task Lines_in_a_loop_stay_and_the_other_stream_is_let_go() => Verify.Fixes(
            Method("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                string? line;
                while ((line = child.StandardError.ReadLine()) != null)
                    Console.Error.WriteLine(line);
                [|child.WaitForExit()|];
                return "";
                """),
            Method("""
                using var child = Process.Start(new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                string? line;
                child.BeginOutputReadLine();
                while ((line = child.StandardError.ReadLine()) != null)
                    Console.Error.WriteLine(line);
                child.WaitForExit();
                return "";
                """));

        [Fact]
        public Task Reads_of_which_one_leaves() => Verify.Fixes(
            Method("""
                using var child = Process.Start(info)!;
                [|child.WaitForExit()|];
                if (child.ExitCode != 0)
                {
                    var error = child.StandardOutput.ReadToEnd() + child.StandardError.ReadToEnd();
                    throw new IOException(error);
                }

                return child.StandardOutput.ReadToEnd();
                """, "string Run(ProcessStartInfo info)"),
            Bounded("""
                using var child = Process.Start(info)!;
                var childText = BoundedProcess.ReadToEnd(child, TimeSpan.FromMinutes(10));
                if (child.ExitCode != 0)
                {
                    var error = childText.StandardOutput + childText.StandardError;
                    throw new IOException(error);
                }

                return childText.StandardOutput;
                """, "string Run(ProcessStartInfo info)"),
            LOCK111UndrainedChildCodeFix.BoundedKey);

        [Fact]
        public Task Top_level_statements() => Verify.FixesProgram(
            """
            using System;
            using System.Diagnostics;

            var child = Process.Start(new ProcessStartInfo("tool") { RedirectStandardOutput = true })!;
            [|child.WaitForExit()|];
            Console.WriteLine(child.StandardOutput.ReadToEnd());
            """,
            """
            using System;
            using System.Diagnostics;

            var child = Process.Start(new ProcessStartInfo("tool") { RedirectStandardOutput = true })!;
            var childOutput = child.StandardOutput.ReadToEndAsync();
            child.WaitForExit();
            Console.WriteLine(await childOutput);
            """,
            LOCK111UndrainedChildCodeFix.DrainKey);

        [Fact]
        public Task None_where_the_text_is_read_out_of_sight_of_the_wait() => Verify.OffersNoFix(Method("""
            using var child = Process.Start(info)!;
            try
            {
                [|child.WaitForExit()|];
            }
            catch (SystemException)
            {
                return "";
            }

            return child.StandardOutput.ReadToEnd();
            """, "string Run(ProcessStartInfo info)"));

        [Fact]
        public Task None_where_the_stream_is_read_piece_by_piece_later() => Verify.OffersNoFix(Method("""
            using var child = Process.Start(info)!;
            [|child.WaitForExit()|];
            return child.StandardOutput.ReadLine()!;
            """, "string Run(ProcessStartInfo info)"));

        [Fact]
        public Task None_where_a_second_read_finds_nothing() => Verify.OffersNoFix(Method("""
            using var child = Process.Start(info)!;
            [|child.WaitForExit()|];
            Console.WriteLine(child.StandardOutput.ReadToEnd());
            return child.StandardOutput.ReadToEnd();
            """, "string Run(ProcessStartInfo info)"));
    }
}
