using System.Diagnostics;

namespace LockAnalyzers.Tour;

/// <summary>What the newcomer sees: every line with the seconds since the start.</summary>
internal static class Screen
{
    private static readonly Stopwatch Clock = Stopwatch.StartNew();

    public static TimeSpan Elapsed => Clock.Elapsed;

    public static void Title(string text)
    {
        Console.WriteLine();
        Step(text);
    }

    public static void Step(string text) => Console.WriteLine($"{Clock.Elapsed.TotalSeconds,6:0.0} s  {text}");

    public static void Detail(string text) => Console.WriteLine($"          {text}".TrimEnd());

    /// <summary>Waits for a task, and says every five seconds that it is still at work.</summary>
    public static async Task<T> PatientlyAsync<T>(Task<T> task, string what, CancellationToken cancellationToken)
    {
        while (await Task.WhenAny(task, Task.Delay(5000, cancellationToken)) != task)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Step($"({what})");
        }

        return await task;
    }

    /// <summary>A detail of any length, broken between words.</summary>
    public static void Wrapped(string text, int indent)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length + word.Length > 100)
            {
                Detail(new string(' ', indent) + line);
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        Detail(new string(' ', indent) + line);
    }

    public static void Table(string[] header, string[][] body)
    {
        string[][] rows = [header, .. body];
        int[] widths = [.. header.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            Console.WriteLine("  " + string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            if (row == header)
            {
                Console.WriteLine("  " + string.Join("-|-", widths.Select(width => new string('-', width))));
            }
        }
    }
}
