using System.Reflection;
using Xunit.Sdk;

namespace LockAnalyzers.Distributed.Tests;

/// <summary>Told once for each engine that has a server here, and skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithServerAttribute : TheoryAttribute
{
    public TheoryWithServerAttribute()
        => Skip = Servers.Known.Count == 0 ? $"No server: {Servers.Postgres} and {Servers.Redis} are not set. `bash .ci/servers dotnet test tests/Distributed.Tests` starts both." : null;
}

/// <summary>The connection strings of the servers that may be used, by engine.</summary>
internal static class Servers
{
    public const string Postgres = "LOCKANALYZERS_POSTGRES";
    public const string Redis = "LOCKANALYZERS_REDIS";

    public static IReadOnlyDictionary<string, string> Known { get; } =
        new[] { ("postgres", Environment.GetEnvironmentVariable(Postgres)), ("redis", Environment.GetEnvironmentVariable(Redis)) }
            .Where(static server => !string.IsNullOrEmpty(server.Item2))
            .ToDictionary(static server => server.Item1, static server => server.Item2!);
}

/// <summary>The names of the engines.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachServerAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Servers.Known.Keys.Select(static engine => new object[] { engine });
}
