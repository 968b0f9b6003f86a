using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>The C library, as far as the watchdog needs it. .NET resolves "libc" to the right file on glibc, musl and macOS.</summary>
internal static class Libc
{
    /// <summary>Ends the process without exit handlers, see _exit(2).</summary>
    [DllImport("libc", EntryPoint = "_exit")]
    public static extern void Exit(int status);

    /// <summary>The address of <see cref="Exit"/> itself, so that it can be called without any managed code; 0 if it cannot be found.</summary>
    public static nint ExitAddress { get; } = FindExit();

#if NET
    /// <summary>The id of the parent, of whoever has inherited us if that has ended, and 0 if it is outside of our pid namespace, see getppid(2).</summary>
    [DllImport("libc", EntryPoint = "getppid")]
    public static extern int Parent();

    private static nint FindExit()
        => NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "_exit", out nint address) ? address : 0;
#else
    private static nint FindExit()
    {
        try
        {
            return FindInLibc(0, "_exit");
        }
        catch (EntryPointNotFoundException)
        {
            // Before glibc 2.34 dlsym lives in a library of its own.
            return FindInLibdl(0, "_exit");
        }
    }

    [DllImport("libc", EntryPoint = "dlsym")]
    private static extern nint FindInLibc(nint handle, [MarshalAs(UnmanagedType.LPStr)] string symbol);

    [DllImport("libdl.so.2", EntryPoint = "dlsym")]
    private static extern nint FindInLibdl(nint handle, [MarshalAs(UnmanagedType.LPStr)] string symbol);
#endif
}
