namespace LockAnalyzers.Package.Tests;

/// <summary>Lists of a project, and those that other packages bring.</summary>
[Collection(nameof(PackedPackage))]
public sealed class ListTests(PackedPackage package)
{
    [Fact]
    public async Task A_package_ships_the_list_of_its_own_locks_and_a_bad_line_of_the_project_is_told_in_its_file()
    {
        using Story story = new(package);
        story.Project("Acme.Turns", "net10.0",
            """
            <None Include="Acme.Turns.LockAnalyzers.txt" Pack="true" PackagePath="buildTransitive" />
            <None Include="Acme.Turns.props" Pack="true" PackagePath="buildTransitive" />
            """,
            "<Version>7.0.0</Version>")
            .Write("Acme.Turns/Acme.Turns.LockAnalyzers.txt", "native take_turn  arg=0 waits=one-of:1\n")
            .Write("Acme.Turns/Acme.Turns.props", """
                <Project>
                  <ItemGroup>
                    <AdditionalFiles Include="$(MSBuildThisFileDirectory)Acme.Turns.LockAnalyzers.txt" Visible="false" />
                  </ItemGroup>
                </Project>
                """)
            .Write("Acme.Turns/Turns.cs", """
                using System.Runtime.InteropServices;
                namespace Acme.Turns
                {
                    public static class Turns { [DllImport("turns")] public static extern int take_turn(int mode); }
                }
                """)
            .Project("App", "net10.0", $"""
                <PackageReference Include="LockAnalyzers" Version="{package.Version}" />
                <PackageReference Include="Acme.Turns" Version="7.0.0" />
                <AdditionalFiles Include="LockAnalyzers.txt" />
                """)
            .Write("App/LockAnalyzers.txt", "# ours\nwait System.Threading.Mutex.WaitOn\n")
            .Write("App/Turn.cs", "public static class Turn { public static int Take() => Acme.Turns.Turns.take_turn(1); }");

        (await story.RunAsync("pack Acme.Turns -o own -v:quiet")).Succeeds();
        (await story.BuildAsync("App")).Succeeds().Finds("App/LockAnalyzers.txt: warning LOCK901\nApp/Turn.cs: warning LOCK105")
            .Says("LockAnalyzers.txt(2,1)").Says("'System.Threading.Mutex' has no member 'WaitOn'; did you mean 'WaitOne'.");
    }
}
