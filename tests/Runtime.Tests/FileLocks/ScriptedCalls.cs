using System.Text;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>The system's calls, but for the answers that a test puts in their place; and what was open in the end.</summary>
internal sealed class ScriptedCalls : FileCalls
{
    public List<int> OpenDescriptors { get; } = [];

    public List<int> OpenFlags { get; } = [];

    /// <summary>The answer to an attempt to lock; <see langword="null"/> leaves it to the system.</summary>
    public Func<int?> OnLock { get; init; } = static () => null;

    /// <summary>The answer to an attempt to open a path with flags; <see langword="null"/> leaves it to the system.</summary>
    public Func<string, int, int?> OnOpen { get; init; } = static (_, _) => null;

    /// <summary>The answer to the question where the path leads.</summary>
    public Func<FileIdentity?> OnLookUp { get; init; } = static () => null;

    public UnixNumbers Platform { get; init; } = UnixNumbers.Here;

    public bool Marks { get; init; } = true;

    public override bool HasMarks => Marks && base.HasMarks;

    public override ReleaseNotices? Notices => null;

    protected override UnixNumbers Numbers => Platform;

    public override int Flock(int descriptor, int operation) => (operation == Unlock ? null : OnLock()) ?? base.Flock(descriptor, operation);

    public override int Identify(byte[] path, out FileIdentity identity)
    {
        int result = base.Identify(path, out identity);
        identity = OnLookUp() ?? identity;
        return result;
    }

    public override int Close(int descriptor)
    {
        OpenDescriptors.Remove(descriptor);
        return base.Close(descriptor);
    }

    protected override int OpenAt(int directory, byte[] path, int flags, uint mode)
    {
        OpenFlags.Add(flags);
        int result = OnOpen(Encoding.UTF8.GetString(path).TrimEnd('\0'), flags) ?? base.OpenAt(directory, path, Translated(flags), mode);
        if (result >= 0)
        {
            OpenDescriptors.Add(result);
        }

        return result;
    }

    /// <summary>What the flags of another system mean on this one.</summary>
    private int Translated(int flags)
        => (flags & UnixNumbers.ReadWrite)
            | ((flags & Platform.NonBlocking) == 0 ? 0 : UnixNumbers.Here.NonBlocking)
            | ((flags & Platform.CloseOnExec) == 0 ? 0 : UnixNumbers.Here.CloseOnExec)
            | ((flags & Platform.Create) == 0 ? 0 : UnixNumbers.Here.Create);
}
