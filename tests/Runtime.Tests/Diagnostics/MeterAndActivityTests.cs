using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>What is told of waits to whoever listens to the meter or to the traces.</summary>
[Collection(nameof(Ears))]
public sealed class MeterAndActivityTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Lock => _directory.File("lock");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_timeout_is_measured()
    {
        using FileStream holder = BoundedFile.Open(Lock);
        List<string> measured = [];
        using MeterListener listener = Listen((instrument, value, tags) => measured.Add($"{instrument}={value} {string.Join(' ', tags.Select(tag => $"{tag.Key}:{tag.Value}"))}".TrimEnd()));

        Assert.Throws<LockTimeoutException>(() => BoundedFile.Open(Lock, budget: new RetryBudget { MaxAttempts = 3, TimeProvider = new SteppingTime() }));

        Assert.Equal(
            [
                "lockanalyzers.timeouts=1 lock.form:file",
                "lockanalyzers.holders=1 lock.form:file",
                "lockanalyzers.waits=1 lock.form:file lock.outcome:timeout",
                "lockanalyzers.wait.duration lock.form:file lock.outcome:timeout",
                "lockanalyzers.attempts=3 lock.form:file",
            ],
            measured.Select(text => text.StartsWith("lockanalyzers.wait.duration=") ? "lockanalyzers.wait.duration" + text[text.IndexOf(' ')..] : text));
    }

    [Fact]
    public void What_is_pending_can_be_observed_at_any_time()
    {
        List<object> pending = [];
        using MeterListener listener = Listen((instrument, value, _) =>
        {
            if (instrument == "lockanalyzers.waits.pending")
            {
                pending.Add(value);
            }
        });

        BoundedWait.For(_ =>
        {
            listener.RecordObservableInstruments();
            return true;
        });
        listener.RecordObservableInstruments();

        Assert.Equal([1, 0], pending);
    }

    [Fact]
    public void Watchdogs_are_counted()
    {
        Telling.Open();
        List<string> measured = [];
        using MeterListener listener = Listen((instrument, value, _) => measured.Add($"{instrument}={value}"));

        Telling.WatchdogArmed(TimeSpan.FromSeconds(3), 137);
        Telling.WatchdogFired(137);

        Assert.Equal(["lockanalyzers.watchdog.armed=1", "lockanalyzers.watchdog.fired=1"], measured);
    }

    [Fact]
    public async Task A_wait_is_a_span_of_the_trace_that_it_delays()
    {
        using FileStream holder = BoundedFile.Open(Lock);
        List<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is LockDiagnostics.SourceName or "test",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");

        using (Activity request = source.StartActivity("request")!)
        {
            await Assert.ThrowsAsync<LockTimeoutException>(() => BoundedFile.OpenAsync(Lock, budget: new RetryBudget { MaxAttempts = 2, TimeProvider = new SteppingTime() }));
            Assert.Same(request, Activity.Current);
        }

        Activity wait = spans[0];
        Assert.Equal("request", wait.Parent!.OperationName);
        Assert.Equal(("lock.wait", ActivityStatusCode.Error, "timeout"), (wait.OperationName, wait.Status, wait.StatusDescription));
        Assert.Equal(
            [new("lock.form", "file"), new("lock.resource", Lock), new("lock.outcome", "timeout"), new("lock.attempts", 2)],
            wait.TagObjects.Select(tag => (tag.Key, tag.Value)).Select(tag => new KeyValuePair<string, object?>(tag.Key, tag.Value)));
    }

    [Fact]
    public void A_listener_that_throws_does_not_cost_the_lock()
    {
        using MeterListener listener = Listen(static (_, _, _) => throw new InvalidOperationException());

        BoundedWait.For(static _ => true);
    }

    private static MeterListener Listen(Action<string, object, KeyValuePair<string, object?>[]> hear)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == LockDiagnostics.SourceName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => hear(instrument.Name, value, tags.ToArray()));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => hear(instrument.Name, value, tags.ToArray()));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => hear(instrument.Name, value, tags.ToArray()));
        listener.Start();
        return listener;
    }
}
