using System.Runtime.CompilerServices;

namespace LockAnalyzers.Analyzers.Tests.Verifiers;

/// <summary>The files of the repository that the tests hold to the code.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>
    /// For text that follows from the code: writes the file anew and fails when what stood there was stale, so that the next
    /// run passes and the difference is seen in review.
    /// </summary>
    public static void AssertCurrent(string path, string expected)
    {
        var full = Path.Combine(Root, path);
        var actual = File.Exists(full) ? Read(path) : "";
        if (actual == expected)
            return;
        File.WriteAllText(full, expected);
        Assert.Fail($"{path} was stale and has been written anew; look at the difference and run the tests again.");
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // The build maps source paths away, so the search starts from where the tests run.
        for (var folder = new DirectoryInfo(File.Exists(here) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LockAnalyzers.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("LockAnalyzers.sln is not above " + AppContext.BaseDirectory);
    }
}
