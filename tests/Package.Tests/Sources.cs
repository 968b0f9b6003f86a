namespace LockAnalyzers.Package.Tests;

/// <summary>The few sources that the stories are made of.</summary>
internal static class Sources
{
    /// <summary>LOCK105: flock without LOCK_NB.</summary>
    public static string WaitsForEver(string type) => $$"""
        using System.Runtime.InteropServices;

        public static class {{type}}
        {
            [DllImport("libc", SetLastError = true)]
            private static extern int flock(int fd, int operation);

            public static int Wait(int fd) => flock(fd, 2);
        }
        """;

    /// <summary>A library that needs the Runtime when it is called.</summary>
    public const string UsesRuntime = """
        public static class Budget
        {
            public static string Text => "a deadline of " + LockAnalyzers.Runtime.RetryBudget.Default.Deadline.TotalSeconds + " s";
        }
        """;

    public const string PrintsBudget = """
        public static class Program
        {
            public static void Main() => System.Console.WriteLine(Budget.Text);
        }
        """;

    public const string PrintsRuntimeItself = """
        public static class Program
        {
            public static void Main() => System.Console.WriteLine(Budget.Text + ", " + LockAnalyzers.Runtime.RetryBudget.Default.MaxDelay.TotalMilliseconds + " ms");
        }
        """;
}
