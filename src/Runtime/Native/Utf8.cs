using System.Text;

namespace LockAnalyzers.Runtime;

/// <summary>Paths as system calls of Unix take them. netstandard2.0 has no marshalling for it.</summary>
internal static class Utf8
{
    public static byte[] Of(string path) => Encoding.UTF8.GetBytes(path + '\0');
}
