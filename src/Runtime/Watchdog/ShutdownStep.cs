namespace LockAnalyzers.Runtime;

/// <summary>What the program said that it does now, and since when.</summary>
internal sealed class ShutdownStep(string name)
{
    private static ShutdownStep? _current;

    private readonly long _begun = TimeProvider.System.GetTimestamp();

    public static ShutdownStep? Current => Volatile.Read(ref _current);

    public string Name { get; } = name;

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_begun);

    public static void Enter(string name) => Volatile.Write(ref _current, new ShutdownStep(name));
}
