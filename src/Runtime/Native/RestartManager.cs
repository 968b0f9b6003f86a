using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>The Restart Manager of Windows, as far as it tells who has a file open. Each member returns a system error code.</summary>
internal interface IRestartManager
{
    /// <summary>RmStartSession.</summary>
    public int Start(out uint session);

    /// <summary>RmRegisterResources, for one file.</summary>
    public int Register(uint session, string path);

    /// <summary>RmGetList: fills <paramref name="processes"/>, or says ERROR_MORE_DATA and how many there are.</summary>
    public int List(uint session, RestartManagerProcess[] processes, out uint needed, ref uint count);

    /// <summary>RmEndSession.</summary>
    public int End(uint session);
}

/// <summary>RM_PROCESS_INFO, of which only RM_UNIQUE_PROCESS is read.</summary>
[StructLayout(LayoutKind.Sequential, Size = 668)]
internal struct RestartManagerProcess
{
    public int ProcessId;
    public uint StartLow;
    public uint StartHigh;
}

/// <inheritdoc/>
/// <remarks>Source: Microsoft Learn, "Restart Manager", restartmanager.h. Not run by the project.</remarks>
internal sealed unsafe class RestartManager : IRestartManager
{
    /// <summary>CCH_RM_SESSION_KEY and the zero.</summary>
    private const int SessionKeyLength = 33;

    public int Start(out uint session)
    {
        char* key = stackalloc char[SessionKeyLength];
        return RmStartSession(out session, 0, key);
    }

    public int Register(uint session, string path)
    {
        fixed (char* name = path)
        {
            return RmRegisterResources(session, 1, &name, 0, null, 0, null);
        }
    }

    public int List(uint session, RestartManagerProcess[] processes, out uint needed, ref uint count)
    {
        fixed (RestartManagerProcess* buffer = processes)
        {
            return RmGetList(session, out needed, ref count, buffer, out _);
        }
    }

    public int End(uint session) => RmEndSession(session);

    [DllImport("rstrtmgr.dll", ExactSpelling = true)]
    private static extern int RmStartSession(out uint session, uint flags, char* key);

    [DllImport("rstrtmgr.dll", ExactSpelling = true)]
    private static extern int RmRegisterResources(uint session, uint files, char** names, uint applications, void* unique, uint services, char** serviceNames);

    [DllImport("rstrtmgr.dll", ExactSpelling = true)]
    private static extern int RmGetList(uint session, out uint needed, ref uint count, RestartManagerProcess* processes, out uint rebootReasons);

    [DllImport("rstrtmgr.dll", ExactSpelling = true)]
    private static extern int RmEndSession(uint session);
}
