using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Reflection;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>docs/diagnostics.md lists what can be listened to, and nothing else.</summary>
public class DocumentedNamesTests
{
    [Fact]
    public void Every_event_is_in_the_table() => Assert.Equal(
        typeof(RuntimeEventSource).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(method => (Method: method, Event: method.GetCustomAttribute<EventAttribute>()))
            .Where(pair => pair.Event is not null)
            .OrderBy(pair => pair.Event!.EventId)
            .Select(pair => $"| `{pair.Method.Name}` | {pair.Event!.EventId} | {pair.Event.Level} | {Keywords(pair.Event.Keywords)} | {string.Join(", ", pair.Method.GetParameters().Select(parameter => parameter.Name))} |"),
        Table("| event |"));

    [Fact]
    public void Every_instrument_is_in_the_table()
    {
        Dictionary<string, string> found = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == LockDiagnostics.SourceName)
                {
                    found[instrument.Name] = $"| `{instrument.Name}` | {instrument.GetType().Name.Split('`')[0]} | {instrument.Unit} |";
                }
            },
        };
        Telling.Open();
        listener.Start();

        Assert.Equal(found.Values.Order(), Table("| instrument |").Select(row => string.Join('|', row.Split('|')[..4]) + "|").Order());
    }

    private static string Keywords(EventKeywords keywords) => string.Join(
        ", ",
        typeof(RuntimeEventSource.Keywords).GetFields().Where(field => keywords.HasFlag((EventKeywords)(long)Convert.ChangeType(field.GetRawConstantValue()!, typeof(long)))).Select(field => field.Name));

    private static IEnumerable<string> Table(string head)
        => File.ReadLines(Child.Metadata("Diagnostics")).SkipWhile(line => !line.StartsWith(head)).Skip(2).TakeWhile(line => line.StartsWith('|'));
}
