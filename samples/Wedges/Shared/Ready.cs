using System;

namespace Wedges;

/// <summary>Tells whoever started the sample that its exit begins, or that it may be told to stop.</summary>
internal static class Ready
{
    public static void Say() => Console.WriteLine("ready");
}
