#if NET
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>Linux: the kernel wakes us when a descriptor hangs up, or, of a process, when that has ended. Nothing is read from it.</summary>
internal sealed class DescriptorEnd : EndWatch
{
    /// <summary>Its other end is closed to wake the thread.</summary>
    private readonly AnonymousPipeServerStream _wake = new(PipeDirection.In);
    private readonly SafeHandle _descriptor;
    private readonly short _end;

    private DescriptorEnd(SafeHandle descriptor, short end) => (_descriptor, _end) = (descriptor, end);

    /// <summary>The last writer of a pipe, or the other side of a socket or terminal, is gone.</summary>
    public static DescriptorEnd HangUp(SafeHandle descriptor) => new(descriptor, Poll.PeerClosed);

    /// <summary>A descriptor of a process is readable when the process has ended, see pidfd_open(2).</summary>
    public static DescriptorEnd OfProcess(SafeHandle process) => new(process, Poll.Readable);

    public override void Dispose() => _wake.ClientSafePipeHandle.Dispose();

    protected override bool WaitForEnd()
    {
        bool isHeld = false;
        try
        {
            _descriptor.DangerousAddRef(ref isHeld);
            short seen = Poll.Wait((int)_descriptor.DangerousGetHandle(), _end, (int)_wake.SafePipeHandle.DangerousGetHandle());
            return (seen & (_end | Poll.HungUp)) != 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (isHeld)
            {
                _descriptor.DangerousRelease();
            }

            _wake.Dispose();
        }
    }
}
#endif
