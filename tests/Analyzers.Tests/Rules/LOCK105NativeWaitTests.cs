using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK105NativeWaitAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK105NativeWaitCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK105NativeWaitTests
{
    public sealed class Reports
    {
        [Fact]
        public Task Flock_without_the_non_blocking_flag() => Verify.Reports("""
            using System.Runtime.InteropServices;

            static class Libc
            {
                [DllImport("libc", SetLastError = true)] public static extern int flock(int fd, int operation);
            }

            class Journal
            {
                const int LOCK_EX = 2;
                bool Seal(int fd) => [|Libc.flock(fd, LOCK_EX)|] == 0;
            }
            """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task Adds_the_flag_and_retries() => Verify.Fixes("""
            using System.Runtime.InteropServices;
            using System.Threading;

            static class Libc
            {
                [DllImport("libc", SetLastError = true)] public static extern int flock(int fd, int operation);
            }

            class Journal
            {
                const int LOCK_EX = 2;
                bool Seal(int fd, CancellationToken stopping) => /* seal */ [|Libc.flock(fd, LOCK_EX)|] == 0; // done
            }
            """, """
            using System.Runtime.InteropServices;
            using System.Threading;
            using LockAnalyzers.Runtime;

            static class Libc
            {
                [DllImport("libc", SetLastError = true)] public static extern int flock(int fd, int operation);
            }

            class Journal
            {
                const int LOCK_EX = 2;
                bool Seal(int fd, CancellationToken stopping) => /* seal */ BoundedRetry.Native(() => Libc.flock(fd, LOCK_EX | 4), cancellationToken: stopping) == 0; // done
            }
            """);
    }
}
