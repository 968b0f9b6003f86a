using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK105NativeWaitAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK105NativeWaitCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK105NativeWaitTests
{
    /// <summary>The imports that most stories use. Names and types as user code has them; the entry points decide.</summary>
    private const string Imports = """
        using System;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;

        [Flags] enum LockMode { Shared = 1, Exclusive = 2, NonBlocking = 4, Release = 8 }
        struct FileRegion { public short l_type, l_whence; public long l_start, l_len; public int l_pid; }
        struct PollFd { public int Fd; public short Events, Revents; }

        static class Libc
        {
            public const int LOCK_EX = 2, LOCK_NB = 4, LOCK_UN = 8, F_SETLK = 6, F_SETLKW = 7, F_OFD_SETLKW = 38;
            public const short F_WRLCK = 1, F_UNLCK = 2;
            [DllImport("libc", SetLastError = true)] public static extern int flock(int fd, int operation);
            [DllImport("libc", EntryPoint = "flock")] public static extern int Hold(int fd, LockMode mode);
            [DllImport("libc")] public static extern int fcntl(int fd, int command, ref FileRegion region);
            [DllImport("libc")] public static extern int lockf(int fd, int command, long length);
            [DllImport("libc")] public static extern int waitpid(int pid, out int status, int options);
            [DllImport("libc")] public static extern int sem_wait(IntPtr semaphore);
            [DllImport("libc")] public static extern int pthread_mutex_lock(IntPtr mutex);
            [DllImport("libc")] public static extern int poll(PollFd[] fds, uint count, int timeout);
        }

        static class Kernel32
        {
            public const uint INFINITE = 0xFFFFFFFF;
            [DllImport("kernel32")] public static extern uint WaitForSingleObject(IntPtr handle, uint milliseconds);
            [DllImport("kernel32", EntryPoint = "WaitForSingleObject")] public static extern int WaitSigned(IntPtr handle, int milliseconds);
            [DllImport("kernel32")] public static extern uint WaitForMultipleObjects(uint count, IntPtr[] handles, bool all, uint milliseconds);
            [DllImport("kernel32")] public static extern bool ConnectNamedPipe(IntPtr pipe, IntPtr overlapped);
            [DllImport("ntdll")] public static extern int NtWaitForSingleObject(IntPtr handle, bool alertable, IntPtr timeout);
            [DllImport("kernel32")] public static extern bool LockFileEx(IntPtr file, uint flags, uint reserved, uint low, uint high, IntPtr overlapped);
        }

        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("Libc.flock(fd, Libc.LOCK_EX)")]
        [InlineData("Libc.flock(fd, 1)")]
        [InlineData("Libc.flock(operation: Exclusive, fd: fd)")]
        [InlineData("Libc.flock(fd, (int)LockMode.Exclusive)")]
        [InlineData("Libc.flock(fd, Eager ? Libc.LOCK_EX : 1)")]
        [InlineData("Libc.flock(fd, Eager switch { true => Libc.LOCK_EX, _ => Libc.LOCK_EX | Libc.LOCK_NB })")]
        [InlineData("Libc.flock(fd, (Libc.LOCK_EX | Libc.LOCK_NB) & ~Libc.LOCK_NB)")]
        [InlineData("Libc.Hold(fd, LockMode.Shared)")]
        [InlineData("Libc.Hold(fd, FromField)")]
        [InlineData("Libc.lockf(fd, 1, 0)")]
        [InlineData("Libc.fcntl(fd, Libc.F_SETLKW, ref region)")]
        [InlineData("Libc.fcntl(fd, Libc.F_OFD_SETLKW, ref region)")]
        [InlineData("Libc.waitpid(1, out _, 0)")]
        [InlineData("Libc.sem_wait(handle)")]
        [InlineData("Libc.pthread_mutex_lock(handle)")]
        [InlineData("Libc.poll(new PollFd[1], 1, -1)")]
        [InlineData("Libc.poll(new[] { new PollFd { Fd = fd } }, 1, Timeout.Infinite)")]
        [InlineData("Kernel32.WaitForSingleObject(handle, Kernel32.INFINITE)")]
        [InlineData("Kernel32.WaitForSingleObject(handle, uint.MaxValue)")]
        [InlineData("Kernel32.WaitForSingleObject(handle, unchecked((uint)-1))")]
        [InlineData("Kernel32.WaitSigned(handle, -1)")]
        [InlineData("Kernel32.WaitSigned(handle, Timeout.Infinite)")]
        [InlineData("Kernel32.WaitForMultipleObjects(1, new[] { handle }, true, Kernel32.INFINITE)")]
        [InlineData("Kernel32.LockFileEx(handle, 2, 0, 1, 0, IntPtr.Zero)")]
        [InlineData("Kernel32.ConnectNamedPipe(handle, IntPtr.Zero)")]
        [InlineData("Kernel32.ConnectNamedPipe(handle, default)")]
        [InlineData("Kernel32.NtWaitForSingleObject(handle, false, IntPtr.Zero)")]
        public Task A_call_whose_value_makes_it_wait(string call) => Verify.Reports(Imports + $$"""
            class Journal
            {
                const int Exclusive = Libc.LOCK_EX;
                static readonly LockMode FromField = LockMode.Exclusive;
                bool Eager { get; set; }

                void Seal(int fd, IntPtr handle, FileRegion region) => _ = [|{{call}}|];
            }
            """);

        [Fact]
        public Task LibraryImport_by_its_entry_point() => Verify.Reports("""
            using System.Runtime.InteropServices;

            static partial class Native
            {
                [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
                public static partial int Seize(int fd, int operation);

                // What the generator writes.
                public static partial int Seize(int fd, int operation) => throw null!;
            }

            class Journal
            {
                bool Seal(int fd) => [|Native.Seize(fd, 2)|] == 0;
            }
            """);

        [Fact]
        public Task Through_using_static() => Verify.Reports("using static Libc;\n" + Imports + """
            class Journal
            {
                bool Seal(int fd) => [|flock(fd, LOCK_EX)|] == 0;
            }
            """);

        [Fact]
        public Task A_local_that_lost_the_flag_again() => Verify.Reports(Imports + """
            class Journal
            {
                bool Seal(int fd)
                {
                    var operation = Libc.LOCK_EX | Libc.LOCK_NB;
                    if (Libc.flock(fd, operation) == 0)
                        return true;
                    operation = Libc.LOCK_EX;
                    return [|Libc.flock(fd, operation)|] == 0;
                }
            }
            """);

        [Fact]
        public Task A_flag_that_is_added_on_one_path_only() => Verify.Reports(Imports + """
            class Journal
            {
                bool Seal(int fd, bool tryOnly)
                {
                    int operation = Libc.LOCK_EX;
                    if (tryOnly)
                        operation |= Libc.LOCK_NB;
                    return [|Libc.flock(fd, operation)|] == 0;
                }
            }
            """);

        [Fact]
        public Task Inside_lambdas_and_local_functions() => Verify.Reports(Imports + """
            class Journal
            {
                Task Seal(int fd) => Task.Run(() =>
                {
                    int operation = 4;
                    operation = Take();
                    operation = Libc.LOCK_EX;
                    return [|Libc.flock(fd, operation)|];

                    int Take()
                    {
                        var mode = LockMode.NonBlocking;
                        mode = LockMode.Exclusive;
                        return [|Libc.Hold(fd, mode)|];
                    }
                });
            }
            """);

        [Fact]
        public Task Libraries_that_mirror_the_native_names() => Verify.Reports("""
            using Mono.Unix.Native;
            using Tmds.Linux;

            class Journal
            {
                unsafe void Seal(int fd, flock* region)
                {
                    var whole = new Flock { l_type = LockType.F_WRLCK };
                    _ = [|Syscall.fcntl(fd, FcntlCommand.F_SETLKW, ref whole)|];
                    _ = [|Syscall.lockf(fd, LockfCommand.F_LOCK, 0)|];
                    _ = [|Syscall.waitpid(1, out _, (WaitOptions)0)|];
                    _ = [|Syscall.poll(new[] { new Pollfd { fd = fd } }, -1)|];
                    _ = [|LibC.fcntl(fd, LibC.F_SETLKW, region)|];
                }
            }
            """);

        [Fact]
        public Task A_constant_known_by_its_name_where_its_value_differs() => Verify.Reports(Imports + """
            static class Darwin
            {
                public const int F_SETLKW = 9;
            }

            class Journal
            {
                int Seal(int fd, FileRegion region) => [|Libc.fcntl(fd, Darwin.F_SETLKW, ref region)|];
            }
            """);

        [Fact]
        public Task A_lock_region_whose_type_is_not_unlock() => Verify.Reports(Imports + """
            class Journal
            {
                int Seal(int fd)
                {
                    var region = new FileRegion { l_type = Libc.F_UNLCK };
                    region.l_type = Libc.F_WRLCK;
                    return [|Libc.fcntl(fd, Libc.F_SETLKW, ref region)|];
                }
            }
            """);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB)")]
        [InlineData("Libc.flock(fd, Libc.LOCK_UN)")]
        [InlineData("Libc.flock(fd, kind | 4)")]
        [InlineData("Libc.flock(fd, kind)")]
        [InlineData("Libc.flock(fd, kind & Libc.LOCK_UN | Libc.LOCK_NB)")]
        [InlineData("Libc.Hold(fd, LockMode.Exclusive | LockMode.NonBlocking)")]
        [InlineData("Libc.Hold(fd, LockMode.Release)")]
        [InlineData("Libc.lockf(fd, 2, 0)")]
        [InlineData("Libc.lockf(fd, 0, 0)")]
        [InlineData("Libc.fcntl(fd, Libc.F_SETLK, ref region)")]
        [InlineData("Libc.waitpid(1, out _, 1)")]
        [InlineData("Libc.poll(new PollFd[1], 1, 1_000)")]
        [InlineData("Libc.poll(new PollFd[1], 1, 0)")]
        [InlineData("Libc.poll(new PollFd[2], 2, -1)")]
        [InlineData("Kernel32.WaitForSingleObject(handle, 0)")]
        [InlineData("Kernel32.WaitForSingleObject(handle, 5_000)")]
        [InlineData("Kernel32.WaitForSingleObject(handle, milliseconds)")]
        [InlineData("Kernel32.WaitForMultipleObjects(2, new[] { handle, stopEvent }, false, Kernel32.INFINITE)")]
        [InlineData("Kernel32.LockFileEx(handle, 3, 0, 1, 0, IntPtr.Zero)")]
        [InlineData("Kernel32.ConnectNamedPipe(handle, stopEvent)")]
        public Task A_call_that_ends_by_itself(string call) => Verify.StaysSilent(Imports + $$"""
            class Journal
            {
                void Seal(int fd, int kind, uint milliseconds, IntPtr handle, IntPtr stopEvent, FileRegion region) => _ = {{call}};
            }
            """);

        [Fact]
        public Task A_local_that_always_gains_the_flag() => Verify.StaysSilent(Imports + """
            class Journal
            {
                bool Seal(int fd, bool shared)
                {
                    int operation = Libc.LOCK_EX;
                    if (shared)
                        operation = 1;
                    operation |= Libc.LOCK_NB;
                    return Libc.flock(fd, operation) == 0;
                }
            }
            """);

        [Fact]
        public Task An_unlock_with_the_waiting_command() => Verify.StaysSilent(Imports + """
            class Journal
            {
                void Release(int fd)
                {
                    var region = new FileRegion { l_type = Libc.F_UNLCK };
                    _ = Libc.fcntl(fd, Libc.F_SETLKW, ref region);
                }
            }
            """);

        [Fact]
        public Task Managed_methods_of_the_same_name() => Verify.StaysSilent("""
            static class Birds
            {
                public static int flock(int count, int height) => count * height;
                public static void sem_wait() { }
            }

            class Journal
            {
                int Count() { Birds.sem_wait(); return Birds.flock(3, 2); }
            }
            """);

        [Fact]
        public Task Another_entry_point_behind_the_name() => Verify.StaysSilent("""
            using System.Runtime.InteropServices;

            static class Native
            {
                [DllImport("birds", EntryPoint = "count_birds")] public static extern int flock(int fd, int operation);
            }

            class Journal
            {
                int Count(int fd) => Native.flock(fd, 2);
            }
            """);

        [Fact]
        public Task A_method_group_is_no_call() => Verify.StaysSilent(Imports + """
            class Journal
            {
                System.Func<int, int, int> Seal => Libc.flock;
            }
            """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task Adds_the_flag_and_retries_with_the_token_in_scope() => Verify.Fixes(Imports + """
            class Journal
            {
                bool Seal(int fd, CancellationToken stopping) => /* seal */ [|Libc.flock(fd, Libc.LOCK_EX)|] == 0; // done
            }
            """, WithUsing(Imports) + """
            class Journal
            {
                bool Seal(int fd, CancellationToken stopping) => /* seal */ BoundedRetry.Native(() => Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB), cancellationToken: stopping) == 0; // done
            }
            """);

        [Fact]
        public Task Names_the_enum_member() => Verify.Fixes(Imports + """
            class Journal
            {
                void Seal(int fd, LockMode mode)
                {
                    if ([|Libc.Hold(fd, LockMode.Exclusive)|] != 0)
                        throw new InvalidOperationException();
                }
            }
            """, WithUsing(Imports) + """
            class Journal
            {
                void Seal(int fd, LockMode mode)
                {
                    if (BoundedRetry.Native(() => Libc.Hold(fd, LockMode.Exclusive | LockMode.NonBlocking)) != 0)
                        throw new InvalidOperationException();
                }
            }
            """);

        [Fact]
        public Task Awaits_in_async_code() => Verify.Fixes(Imports + """
            class Journal
            {
                async Task<bool> SealAsync(int fd, CancellationToken stopping)
                {
                    await Task.Yield();
                    return [|Libc.flock(fd, Libc.LOCK_EX)|] == 0;
                }
            }
            """, WithUsing(Imports) + """
            class Journal
            {
                async Task<bool> SealAsync(int fd, CancellationToken stopping)
                {
                    await Task.Yield();
                    return await BoundedRetry.NativeAsync(() => Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB), cancellationToken: stopping) == 0;
                }
            }
            """);

        [Fact]
        public Task Does_not_await_where_the_error_of_the_call_is_asked_for() => Verify.Fixes(Imports + """
            class Journal
            {
                async Task SealAsync(int fd)
                {
                    await Task.Yield();
                    if ([|Libc.flock(fd, Libc.LOCK_EX)|] != 0)
                        throw new InvalidOperationException("errno " + Marshal.GetLastPInvokeError());
                }
            }
            """, WithUsing(Imports) + """
            class Journal
            {
                async Task SealAsync(int fd)
                {
                    await Task.Yield();
                    if (BoundedRetry.Native(() => Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB)) != 0)
                        throw new InvalidOperationException("errno " + Marshal.GetLastPInvokeError());
                }
            }
            """);

        [Fact]
        public Task Mends_all_places_of_a_document() => Verify.Fixes(Imports + """
            class Journal
            {
                int Seal(int fd, bool shared) => [|Libc.flock(fd, shared ? 1 : 2)|] + [|Libc.lockf(fd, 1, 0)|];
            }
            """, WithUsing(Imports) + """
            class Journal
            {
                int Seal(int fd, bool shared) => BoundedRetry.Native(() => Libc.flock(fd, (shared ? 1 : 2) | 4)) + BoundedRetry.Native(() => Libc.lockf(fd, 2, 0));
            }
            """);

        [Fact]
        public Task Reads_the_busy_result_of_a_wait_with_a_timeout() => Verify.Fixes(Imports + """
            class Journal
            {
                bool Seal(IntPtr handle) => [|Kernel32.WaitForSingleObject(handle, Kernel32.INFINITE)|] == 0;
            }
            """, WithUsing(Imports) + """
            class Journal
            {
                bool Seal(IntPtr handle) => BoundedRetry.Until(() => Kernel32.WaitForSingleObject(handle, 0), static result => result != 258) == 0;
            }
            """);

        [Theory]
        [InlineData("Libc.fcntl(fd, Libc.F_SETLKW, ref region)", "Libc.fcntl(fd, Libc.F_SETLK, ref region)")]
        [InlineData("Libc.fcntl(fd, Libc.F_OFD_SETLKW, ref region)", "Libc.fcntl(fd, 37, ref region)")]
        [InlineData("Libc.flock(fd, 1)", "Libc.flock(fd, 1 | 4)")]
        [InlineData("Libc.Hold(fd, (LockMode)2)", "Libc.Hold(fd, (LockMode)2 | global::LockMode.NonBlocking)")]
        public Task Writes_the_try_as_the_code_at_hand_would(string call, string tried) => Verify.Fixes(Imports + $$"""
            class Journal
            {
                int Seal(int fd, FileRegion region) => [|{{call}}|];
            }
            """, WithUsing(Imports) + $$"""
            class Journal
            {
                int Seal(int fd, FileRegion region) => BoundedRetry.Native(() => {{tried}});
            }
            """);

        [Fact]
        public Task Replaces_a_time_out_however_it_is_written() => Verify.Fixes(Imports + """
            class Journal
            {
                bool Seal(IntPtr handle) => [|Kernel32.WaitForSingleObject(handle, unchecked((uint)-1))|] == 0;
            }
            """, WithUsing(Imports) + """
            class Journal
            {
                bool Seal(IntPtr handle) => BoundedRetry.Until(() => Kernel32.WaitForSingleObject(handle, 0), static result => result != 258) == 0;
            }
            """);

        [Fact]
        public Task Takes_no_token_into_cleanup() => Verify.Fixes(Imports + """
            class Journal
            {
                int Release(int fd, CancellationToken stopping) => [|Libc.flock(fd, Libc.LOCK_EX)|];
            }
            """, WithUsing(Imports) + """
            class Journal
            {
                int Release(int fd, CancellationToken stopping) => BoundedRetry.Native(() => Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB));
            }
            """);

        [Fact]
        public Task Falls_back_to_the_calls_own_timeout_without_the_Runtime() => Verify.FixesWithoutRuntime(Imports + """
            class Journal
            {
                bool Seal(IntPtr handle) => [|Kernel32.WaitForSingleObject(handle, Kernel32.INFINITE)|] == 0;
            }
            """, Imports + """
            class Journal
            {
                bool Seal(IntPtr handle) => Kernel32.WaitForSingleObject(handle, 10_000) == 0;
            }
            """);

        [Fact]
        public Task Is_not_offered_where_a_lambda_cannot_capture() => Verify.OffersNoFix(Imports + """
            class Journal
            {
                int Seal(in int fd) => [|Libc.flock(fd, Libc.LOCK_EX)|];
                int Reap(int pid, out int status) => [|Libc.waitpid(pid, out status, 0)|];
            }
            """);

        [Fact]
        public Task Imports_nothing_that_makes_an_imported_name_ambiguous() => Verify.Fixes("using Vault;\n" + Imports + """
            namespace Vault
            {
                class FileLock { }
            }

            class Journal
            {
                readonly FileLock _own = new FileLock();
                int Seal(int fd) => [|Libc.flock(fd, Libc.LOCK_EX)|];
            }
            """, "using Vault;\n" + Imports + """
            namespace Vault
            {
                class FileLock { }
            }

            class Journal
            {
                readonly FileLock _own = new FileLock();
                int Seal(int fd) => global::LockAnalyzers.Runtime.BoundedRetry.Native(() => Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB));
            }
            """);

        [Fact]
        public Task Imports_where_the_name_of_the_projects_own_goes_before() => Verify.Fixes(Imports + """
            class FileLock { }

            class Journal
            {
                readonly FileLock _own = new FileLock();
                int Seal(int fd) => [|Libc.flock(fd, Libc.LOCK_EX)|];
            }
            """, WithUsing(Imports) + """
            class FileLock { }

            class Journal
            {
                readonly FileLock _own = new FileLock();
                int Seal(int fd) => BoundedRetry.Native(() => Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB));
            }
            """);

        [Fact]
        public Task Writes_the_full_name_when_the_short_one_is_taken() => Verify.Fixes(Imports + """
            class BoundedRetry { }
            class Journal
            {
                int Seal(int fd) => [|Libc.flock(fd, Libc.LOCK_EX)|];
            }
            """, Imports + """
            class BoundedRetry { }
            class Journal
            {
                int Seal(int fd) => global::LockAnalyzers.Runtime.BoundedRetry.Native(() => Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB));
            }
            """);

        private static string WithUsing(string imports) =>
            imports.Replace("using System.Threading.Tasks;\n", "using System.Threading.Tasks;\nusing LockAnalyzers.Runtime;\n");
    }

    /// <summary>What the rule gets wrong today, and why.</summary>
    public sealed class Known
    {
        /// <summary>Only numbers, times and tokens are followed from a caller: which functions hand on what else is asked by syntax, for every file.</summary>
        [Fact]
        public Task FN_an_enum_passed_by_a_caller() => Verify.StaysSilent(Imports + """
            class Journal(int fd)
            {
                bool Seal() => Apply(LockMode.Exclusive);
                bool Apply(LockMode mode) => Libc.Hold(fd, mode) == 0;
            }
            """);
    }
}
