namespace LockAnalyzers.Runtime.Tests;

/// <summary>Why a test of what only some systems have is skipped on the others.</summary>
internal static class OnSystem
{
    public static string? Linux => OperatingSystem.IsLinux() ? null : "Needs Linux: its timers, descriptors of processes, /proc or glibc.";

    public static string? Unix => OperatingSystem.IsWindows() ? "Needs Linux or macOS: signals, or flock(2) as the call that blocks." : null;
}

/// <inheritdoc cref="OnSystem"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactOnLinuxAttribute : FactAttribute
{
    public FactOnLinuxAttribute() => Skip = OnSystem.Linux;
}

/// <inheritdoc cref="OnSystem"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryOnLinuxAttribute : TheoryAttribute
{
    public TheoryOnLinuxAttribute() => Skip = OnSystem.Linux;
}

/// <inheritdoc cref="OnSystem"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactOnUnixAttribute : FactAttribute
{
    public FactOnUnixAttribute() => Skip = OnSystem.Unix;
}

/// <inheritdoc cref="OnSystem"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryOnUnixAttribute : TheoryAttribute
{
    public TheoryOnUnixAttribute() => Skip = OnSystem.Unix;
}
