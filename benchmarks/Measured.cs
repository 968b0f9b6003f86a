using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

namespace LockAnalyzers.Benchmarks;

/// <summary>What one whole compilation took: processor time of all threads, memory allocated, and the time inside each analyzer.</summary>
internal sealed record Measured(TimeSpan Cpu, long Bytes, ImmutableDictionary<DiagnosticAnalyzer, TimeSpan> Analyzers, int Reports)
{
    public TimeSpan AnalyzerTime => TimeSpan.FromTicks(Analyzers.Values.Sum(time => time.Ticks));

    /// <summary>Parses, binds, analyzes and emits.</summary>
    public static async Task<Measured> RunAsync(Func<CSharpCompilation> parse, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true));

        using var driver = Driver.Attach(parse(), analyzers, out var compilation);
        var result = compilation.Emit(Stream.Null, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        var reports = await driver.FinishAsync(compilation);

        process.Refresh();
        return result.Success
            ? new Measured(process.TotalProcessorTime - cpu, GC.GetTotalAllocatedBytes(precise: true) - bytes, driver.Times, reports.Length)
            : throw new InvalidOperationException(result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
    }

    /// <summary>
    /// Analyzers at work as in csc: attached to the compilation that is emitted, so that they see the bodies the compiler has bound.
    /// The public CompilationWithAnalyzers is the IDE's way and binds everything once more; the compiler's own has no public door.
    /// </summary>
    private sealed class Driver(object driver) : IDisposable
    {
        private const BindingFlags Hidden = BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        private static readonly Type Type = typeof(Compilation).Assembly.GetType("Microsoft.CodeAnalysis.Diagnostics.AnalyzerDriver", throwOnError: true)!;

        public ImmutableDictionary<DiagnosticAnalyzer, TimeSpan> Times =>
            (ImmutableDictionary<DiagnosticAnalyzer, TimeSpan>)Type.GetProperty("AnalyzerExecutionTimes", Hidden)!.GetValue(driver)!;

        public static Driver Attach(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, out Compilation attached)
        {
            var create = Type.GetMethods(Hidden).Single(method =>
                method.Name == "CreateAndAttachToCompilation" && method.GetParameters()[4].ParameterType == typeof(Action<Diagnostic>));
            const int HiddenAndInfo = 3; // What csc leaves out, when nobody asks for a log.
            object?[] arguments =
            [
                compilation, analyzers, new AnalyzerOptions(Peers.Lists), NewManager(analyzers), (Action<Diagnostic>)(failure => throw new InvalidOperationException(failure.ToString())),
                /* reportAnalyzer */ true, Enum.ToObject(create.GetParameters()[6].ParameterType, HiddenAndInfo), /* trackSuppressedDiagnosticIds */ false, null, CancellationToken.None,
            ];
            var driver = create.Invoke(null, arguments)!;
            attached = (Compilation)arguments[8]!;
            return new Driver(driver);
        }

        public Task<ImmutableArray<Diagnostic>> FinishAsync(Compilation compilation) =>
            (Task<ImmutableArray<Diagnostic>>)Type.GetMethod("GetDiagnosticsAsync", Hidden)!.Invoke(driver, [compilation, CancellationToken.None])!;

        public void Dispose() => ((IDisposable)driver).Dispose();

        private static object NewManager(ImmutableArray<DiagnosticAnalyzer> analyzers) =>
            Activator.CreateInstance(typeof(Compilation).Assembly.GetType("Microsoft.CodeAnalysis.Diagnostics.AnalyzerManager", throwOnError: true)!, analyzers)!;
    }
}
