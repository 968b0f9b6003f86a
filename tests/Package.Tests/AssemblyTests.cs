using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace LockAnalyzers.Package.Tests;

/// <summary>What the packed assemblies refer to, and what they must not betray.</summary>
[Collection(nameof(PackedPackage))]
public sealed class AssemblyTests(PackedPackage package)
{
    private static readonly string[] Assemblies =
    [
        "analyzers/dotnet/cs/LockAnalyzers.Analyzers.dll",
        "analyzers/dotnet/cs/LockAnalyzers.CodeFixes.dll",
        "lib/net8.0/LockAnalyzers.Runtime.dll",
        "lib/netstandard2.0/LockAnalyzers.Runtime.dll",
    ];

    public static TheoryData<string> EveryAssembly => new(Assemblies);

    /// <summary>What every compiler since Roslyn 4.8 brings along, also the one in Visual Studio: nothing else, and nothing newer, can be loaded there.</summary>
    private static readonly string[] BroughtByRoslyn48 =
    [
        "Microsoft.CodeAnalysis 4.8.0.0",
        "Microsoft.CodeAnalysis.CSharp 4.8.0.0",
        "System.Collections.Immutable 7.0.0.0",
        "System.Memory 4.0.1.2",
        "System.Reflection.Metadata 7.0.0.0",
        "netstandard 2.0.0.0",
    ];

    private static readonly string[] BroughtByEditors48 =
    [
        .. BroughtByRoslyn48,
        "LockAnalyzers.Analyzers ",
        "Microsoft.CodeAnalysis.CSharp.Workspaces 4.8.0.0",
        "Microsoft.CodeAnalysis.Workspaces 4.8.0.0",
    ];

    [Fact]
    public void The_analyzers_need_nothing_newer_than_Roslyn_4_8_and_no_Workspaces() =>
        Assert.All(References("analyzers/dotnet/cs/LockAnalyzers.Analyzers.dll"), reference => Assert.Contains(BroughtByRoslyn48, reference.StartsWith));

    [Fact]
    public void The_fixes_need_nothing_newer_than_Roslyn_4_8() =>
        Assert.All(References("analyzers/dotnet/cs/LockAnalyzers.CodeFixes.dll"), reference => Assert.Contains(BroughtByEditors48, reference.StartsWith));

    /// <summary>Symbols are embedded; every source is named under /_/, wherever the package was built.</summary>
    [Theory]
    [MemberData(nameof(EveryAssembly))]
    public void Every_source_is_named_relative_to_the_repository(string assembly)
    {
        using var image = Image(assembly);
        var debug = Assert.Single(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var symbols = image.ReadEmbeddedPortablePdbDebugDirectoryData(debug);
        var reader = symbols.GetMetadataReader();
        var sources = reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.StartsWith("/_/", source, StringComparison.Ordinal));
    }

    /// <summary>Also in what else a file holds: source link, resources, attributes.</summary>
    [Fact]
    public void No_entry_names_a_folder_of_the_build_machine()
    {
        string[] secrets = [PackedPackage.Repository, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + Path.DirectorySeparatorChar];
        foreach (var file in Directory.GetFiles(package.Unzipped, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            string[] texts = [Encoding.UTF8.GetString(bytes), Encoding.Unicode.GetString(bytes), Symbols(file)];

            Assert.All(secrets, secret => Assert.All(texts, text => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{file} names {secret}")));
        }
    }

    private List<string> References(string assembly)
    {
        using var image = Image(assembly);
        var reader = image.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(reader.GetAssemblyReference).Select(reference => $"{reader.GetString(reference.Name)} {reference.Version}")];
    }

    private PEReader Image(string assembly) => new(File.OpenRead(Path.Combine(package.Unzipped, assembly)));

    /// <summary>The embedded symbols are compressed, so that a search of the file's bytes alone would find nothing.</summary>
    private static string Symbols(string file)
    {
        if (!file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            return "";
        }

        using PEReader image = new(File.OpenRead(file));
        var debug = image.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        var block = image.GetSectionData(debug.DataRelativeVirtualAddress).GetContent(0, debug.DataSize).ToArray();
        const int SignatureAndSize = 8;
        using DeflateStream inflated = new(new MemoryStream(block, SignatureAndSize, block.Length - SignatureAndSize), CompressionMode.Decompress);
        using StreamReader text = new(inflated, Encoding.UTF8);
        return text.ReadToEnd();
    }
}
