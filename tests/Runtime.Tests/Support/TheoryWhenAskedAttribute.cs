using System.Globalization;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>A test that takes minutes and a machine of its own: it is run as often as an environment variable says, and else not at all.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWhenAskedAttribute : TheoryAttribute
{
    private const string Variable = "LOCKANALYZERS_WEDGE_RUNS";

    public TheoryWhenAskedAttribute() => Skip = Runs == 0 ? $"Takes minutes; {Variable}=20 asks for it." : null;

    public static int Runs { get; } = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int runs) ? runs : 0;
}
