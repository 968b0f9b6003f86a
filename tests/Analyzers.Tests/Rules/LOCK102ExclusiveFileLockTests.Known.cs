using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK102ExclusiveFileLockAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK102ExclusiveFileLockCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK102ExclusiveFileLockTests
{
    public sealed class Known
    {
        [Fact]
        public Task FP_The_refusal_is_answered_in_another_type() => Verify.Reports(Usings + """
            sealed class SiteLock : IDisposable
            {
                private readonly FileStream _file;
                public SiteLock(string root) => _file = [|File.Open(root + "/.lock", FileMode.OpenOrCreate)|];
                public void Dispose() => _file.Dispose();
            }

            class Depot
            {
                public bool Sort(string root)
                {
                    try { using var site = new SiteLock(root); return true; }
                    catch (IOException) { return false; }
                }
            }
            """);

        [Fact]
        public Task FN_A_share_that_a_parameter_has_by_default() => StaysSilent("""
                public static FileStream Hold(string root, FileShare share = FileShare.None) =>
                    new FileStream(root + "/.lock", FileMode.OpenOrCreate, FileAccess.Write, share);
            """);

        [Fact]
        public Task FN_Options_made_by_a_method() => StaysSilent("""
                private static FileStreamOptions Alone() => new() { Mode = FileMode.OpenOrCreate, Share = FileShare.None };
                public static FileStream Hold(string root) => new FileStream(root + "/.lock", Alone());
            """);
    }
}
