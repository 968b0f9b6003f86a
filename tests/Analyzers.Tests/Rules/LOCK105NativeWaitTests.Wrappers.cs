using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK105NativeWaitAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK105NativeWaitCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

/// <summary>Functions of the project itself that hand a flag or a time-out on to a native wait.</summary>
public sealed class LOCK105NativeWaitWrapperTests
{
    private static string In(string statements) => $$"""
        using System;
        using System.ComponentModel;
        using System.Runtime.InteropServices;

        static class Native
        {
            public const int LOCK_EX = 2, LOCK_NB = 4;
            [DllImport("libc", SetLastError = true)] private static extern int flock(int fd, int operation);
            [DllImport("kernel32", EntryPoint = "WaitForSingleObject")] private static extern uint Await(IntPtr handle, uint milliseconds);

            public static void Lock(int fd, int operation)
            {
                if (flock(fd, operation) != 0)
                    throw new Win32Exception();
            }

            public static bool Wait(IntPtr handle, int timeout) => Await(handle, unchecked((uint)timeout)) == 0;
        }

        class Journal
        {
            void Seal(int fd, IntPtr handle, int operation)
            {
                {{statements}}
            }
        }
        """;

    [Theory]
    [InlineData("[|Native.Lock(fd, Native.LOCK_EX)|];")]
    [InlineData("[|Native.Lock(operation: 2, fd: fd)|];")]
    [InlineData("[|Native.Wait(handle, -1)|];")]
    public Task Reports_a_call_that_makes_it_wait(string call) => Verify.OffersNoFix(In(call));

    [Theory]
    [InlineData("Native.Lock(fd, Native.LOCK_EX | Native.LOCK_NB);")]
    [InlineData("Native.Lock(fd, operation);")]
    [InlineData("Native.Lock(5, operation);")]
    [InlineData("Native.Lock(fd, 8);")]
    [InlineData("Native.Wait(handle, 500);")]
    [InlineData("Native.Wait(handle, 0);")]
    public Task Stays_silent_where_it_tries_or_the_value_is_not_known(string call) => Verify.StaysSilent(In(call));
}
