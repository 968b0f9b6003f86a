using System.Runtime.ExceptionServices;

namespace LockAnalyzers.Runtime;

/// <summary>
/// Reads to the end on a thread of its own, so that neither a full pool nor a caller that waits elsewhere keeps the pipe full. While
/// somebody keeps the pipe open, the thread stays; it is a background thread, so it keeps no process alive.
/// </summary>
internal sealed class BackgroundRead
{
    private readonly Thread? _thread;
    private string _text = "";
    private ExceptionDispatchInfo? _failure;

    /// <param name="reader">What to read; <see langword="null"/> has ended already.</param>
    public BackgroundRead(TextReader? reader)
    {
        if (reader is null)
        {
            return;
        }

        _thread = new Thread(() => Read(reader)) { IsBackground = true, Name = "LockAnalyzers: output of a child" };
        _thread.Start();
    }

    /// <summary>The text, once <see cref="Join"/> has said that the end is reached; throws what the read threw.</summary>
    public string Text
    {
        get
        {
            _failure?.Throw();
            return _text;
        }
    }

    /// <summary>True when the end is reached within the time.</summary>
    public bool Join(TimeSpan time) => _thread is null || _thread.Join(time);

    private void Read(TextReader reader)
    {
        try
        {
            _text = reader.ReadToEnd();
        }
        catch (Exception e)
        {
            // Thrown on by Text: on this thread it would end the process.
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }
}
