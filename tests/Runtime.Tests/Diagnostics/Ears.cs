using System.Diagnostics.Tracing;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>Listens to the events of the library, as a tool outside of the process would.</summary>
internal sealed class Ears : EventListener
{
    private readonly object _sync = new();
    private readonly List<(string Name, IReadOnlyList<object?> Payload, string? Message)> _heard = [];
    private readonly Dictionary<string, TaskCompletionSource> _awaited = [];

    public Ears(EventLevel level = EventLevel.Verbose) => EnableEvents(RuntimeEventSource.Log, level);

    /// <summary>The events about one resource, in order.</summary>
    public IReadOnlyList<string> About(string resource) => [.. Select(heard => heard.Payload.Contains(resource)).Select(heard => heard.Name)];

    public IReadOnlyList<object?> Payload(string name, string resource)
        => Assert.Single(Select(heard => heard.Name == name && heard.Payload.Contains(resource))).Payload;

    /// <summary>The messages of the events of a name, as a tool shows them.</summary>
    public IReadOnlyList<string> Messages(string name)
        => [.. Select(heard => heard.Name == name).Select(heard => string.Format(System.Globalization.CultureInfo.InvariantCulture, heard.Message!, [.. heard.Payload]))];

    public Task Until(string name)
    {
        lock (_sync)
        {
            return _heard.Any(heard => heard.Name == name) ? Task.CompletedTask : Awaited(name).Task.WaitAsync(InTime.Limit);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs told)
    {
        lock (_sync)
        {
            _heard.Add((told.EventName!, [.. told.Payload!], told.Message));
            Awaited(told.EventName!).TrySetResult();
        }
    }

    private TaskCompletionSource Awaited(string name)
        => _awaited.TryGetValue(name, out var awaited) ? awaited : _awaited[name] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    private List<(string Name, IReadOnlyList<object?> Payload, string? Message)> Select(Func<(string Name, IReadOnlyList<object?> Payload, string? Message), bool> filter)
    {
        lock (_sync)
        {
            return [.. _heard.Where(filter)];
        }
    }
}

/// <summary>Who listens makes the whole process tell, with timers of the clocks that the tests of others step: so these tests run alone.</summary>
[CollectionDefinition(nameof(Ears), DisableParallelization = true)]
public sealed class EarsCollection;
