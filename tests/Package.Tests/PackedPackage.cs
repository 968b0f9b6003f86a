using System.IO.Compression;

namespace LockAnalyzers.Package.Tests;

/// <summary>
/// The package under test: packed once for all tests from this clone, or, where LOCKANALYZERS_PACKAGE names a file, that very file, so that what is
/// released is what was tested.
/// </summary>
public sealed class PackedPackage : IAsyncLifetime
{
    public const string Id = "LockAnalyzers";

    public static string Repository { get; } = FindRepository();

    public string Folder { get; } = Directory.CreateTempSubdirectory("LockAnalyzers.Package.").FullName;

    /// <summary>The folder feed that holds nothing but the package.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    /// <summary>NuGet's global cache keeps the first copy of a version for ever, so the tests have their own.</summary>
    public string GlobalPackages => Path.Combine(Folder, "packages");

    public string Unzipped => Path.Combine(Folder, "unzipped");

    public string File { get; private set; } = "";

    public string Version => Path.GetFileNameWithoutExtension(File)[(Id.Length + 1)..];

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Feed);
        if (Environment.GetEnvironmentVariable("LOCKANALYZERS_PACKAGE") is { Length: > 0 } given)
        {
            System.IO.File.Copy(given, Path.Combine(Feed, Path.GetFileName(given)));
        }
        else
        {
            (await DotnetCommand.RunAsync(Repository, $"pack build/Pack -c Release -o \"{Feed}\"")).Succeeds();
        }

        File = Assert.Single(Directory.GetFiles(Feed));
        ZipFile.ExtractToDirectory(File, Unzipped);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "NuGet.pack.nuspec")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No NuGet.pack.nuspec above {AppContext.BaseDirectory}.");
    }
}

/// <summary>All tests share one package and run one after another: each of them starts compilers.</summary>
[CollectionDefinition(nameof(PackedPackage))]
public sealed class PackedPackageCollection : ICollectionFixture<PackedPackage>;
