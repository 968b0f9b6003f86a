namespace LockAnalyzers.Runtime;

/// <summary>Windows: a lock is a file that is open in a share mode, as a <see cref="FileStream"/> has it (CreateFileW, dwShareMode; ERROR_SHARING_VIOLATION).</summary>
/// <remarks>
/// Nothing native of our own: the share mode is what <see cref="FileShare"/> asks for, the system enforces it against everybody, and refuses
/// to delete the file meanwhile. LockFileEx could be waited for, but it would not exclude a <see cref="FileStream"/>.
/// </remarks>
internal sealed class ShareModeLockFile(string path) : LockFile
{
    private FileStream? _stream;

    public override bool IsOpen => _stream is not null;

    public override bool TryLock(FileLockMode mode)
    {
        try
        {
            _stream = mode == FileLockMode.Exclusive
                ? new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1)
                : new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return true;
        }
        catch (IOException refusal) when (Contention.IsContention(refusal))
        {
            return false;
        }
    }

    public override void Unlock(bool keepOpen) => Close();

    public override void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
