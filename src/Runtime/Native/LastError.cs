using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>The error number of the last P/Invoke on this thread.</summary>
internal static class LastError
{
    /// <summary>Forgets older errors, so that an import without SetLastError does not show one of them (netstandard2.0: cannot).</summary>
    public static void Clear()
    {
#if NET
        Marshal.SetLastPInvokeError(0);
        Marshal.SetLastSystemError(0);
#endif
    }

    /// <summary>The error number, also of an import without SetLastError, and left where the caller can read it too.</summary>
    public static int Read()
    {
#if NET
        int errno = Marshal.GetLastPInvokeError();
        if (errno == 0)
        {
            errno = Marshal.GetLastSystemError();
            Marshal.SetLastPInvokeError(errno);
        }

        return errno;
#else
        return Marshal.GetLastWin32Error();
#endif
    }
}
