// Reported by LOCK204. Told to stop by return.
using System;
using System.Threading;

namespace Wedges;

/// <summary>A console that nobody types into.</summary>
internal static class ForegroundReadLine
{
    public static void Run()
    {
        var commands = new Thread(() => Console.ReadLine());
        commands.Start();
        Ready.Say();
    }
}
