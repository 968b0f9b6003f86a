using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>struct sigevent of 64-bit Linux, the same in glibc and musl: what happens when a timer expires.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct TimerEvent
{
    private const int NotifyBySignal = 0;
    private const int NotifyByThread = 2;
    private const int KillSignal = 9;

    private nint _value;
    private int _signal;
    private int _notify;
    private nint _function;
    private nint _attributes;

    /// <summary>The kernel kills the process; no thread is needed.</summary>
    public static TimerEvent Kill() => new() { _notify = NotifyBySignal, _signal = KillSignal };

    /// <summary>The C library calls a native function with one argument on a new thread of its own.</summary>
    public static TimerEvent Call(nint function, int argument) => new() { _notify = NotifyByThread, _function = function, _value = argument };
}
