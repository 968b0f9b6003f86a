using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace LockAnalyzers.Runtime.Tests;

public class HangUpTests
{
    private const int File = 1;
    private const int Console = 2;
    private const int Pipe = 3;
    private const int BrokenPipe = 109;
    private const int InvalidFunction = 1;

    [Fact]
    public async Task A_pipe_ends_with_its_writer_though_there_is_something_to_read()
    {
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        var writer = new AnonymousPipeClientStream(PipeDirection.Out, reader.ClientSafePipeHandle);
        var ended = new TaskCompletionSource();
        using EndWatch watch = HangUp.Watch(reader.SafePipeHandle).Start(ended.SetResult);
        writer.WriteByte(7);
        Assert.False(ended.Task.IsCompleted);

        writer.Dispose();

        await ended.Task.WaitAsync(InTime.Limit);
        Assert.Equal(7, reader.ReadByte());
    }

    [FactOnUnix]
    public async Task A_socket_ends_with_the_other_side()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var ours = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await ours.ConnectAsync(listener.LocalEndPoint!);
        using Socket theirs = await listener.AcceptAsync();
        var ended = new TaskCompletionSource();
        using EndWatch watch = HangUp.Watch(ours.SafeHandle).Start(ended.SetResult);

        theirs.Shutdown(SocketShutdown.Send);

        await ended.Task.WaitAsync(InTime.Limit);
    }

    /// <summary>What a service manager gives as input: at its end from the beginning.</summary>
    [FactOnLinux]
    public void Nothing_and_a_file_do_not_end()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("empty");
        foreach (string name in (string[])["/dev/null", path])
        {
            using var handle = System.IO.File.OpenHandle(name, FileMode.OpenOrCreate, FileAccess.Read);

            Assert.Equal(0, Poll.Look((int)handle.DangerousGetHandle(), Poll.PeerClosed));
        }
    }

    [Fact]
    public void A_closed_handle_is_nobody()
    {
        var reader = new AnonymousPipeServerStream(PipeDirection.In);
        SafePipeHandle handle = reader.SafePipeHandle;
        using var called = new ManualResetEventSlim();
        reader.Dispose();

        using EndWatch watch = HangUp.Watch(handle).Start(called.Set);

        Assert.False(called.Wait(TimeSpan.FromMilliseconds(500)));
    }

    [Theory]
    [InlineData(Pipe, true, 0, false)]
    [InlineData(Pipe, false, BrokenPipe, true)]
    [InlineData(Pipe, false, 233, true)]
    [InlineData(Pipe, false, InvalidFunction, null)]
    [InlineData(File, false, 0, null)]
    [InlineData(Console, false, 0, null)]
    [InlineData(0, false, 6, null)]
    public void Windows_answers(int type, bool canPeek, int error, bool? hasEnded) => Assert.Equal(hasEnded, HangUp.OnWindows(type, canPeek, error));
}
