using LockAnalyzers.Attempts;
using LockAnalyzers.Cleanup;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.WaitOptions;

namespace LockAnalyzers.Naming;

/// <summary>What the words of a name say, whatever it stands for.</summary>
[Flags]
internal enum NameSense
{
    None = 0,

    /// <summary>An option to wait, or one not to.</summary>
    WaitOption = 1,

    /// <summary>Speaks of a lock.</summary>
    Lock = 2,

    /// <summary>A try to take a lock.</summary>
    Try = 4,

    /// <summary>Asks whether a lock is held.</summary>
    HeldQuestion = 8,

    /// <summary>Is there to wait for a lock.</summary>
    Acquisition = 16,

    /// <summary>Gives a lock back or keeps it.</summary>
    LockEnd = 32,

    /// <summary>Gives back or stops.</summary>
    Cleanup = 64,

    /// <summary>Stops an object.</summary>
    Stop = 128,
}

/// <summary>
/// Tells the <see cref="NameSense"/>s of names, by the words of one set of lists. Every name of a program is asked for, by several rules, in every
/// compilation: so a name is split into words once, for as long as the lists live. Safe in concurrent actions.
/// </summary>
internal sealed class NameSenses
{
    /// <summary>Keeps a process that is shown one program after the other from growing for ever: it begins anew.</summary>
    private const int MostNames = 1 << 17;

    private readonly Func<string, NameSense> _ask;
    private RememberedNames<NameSense> _known;

    public NameSenses(WordLists words)
    {
        Vocabulary = new Vocabulary(words);
        _ask = name =>
            (Vocabulary.WaitsWhen(name) is not null ? NameSense.WaitOption : 0)
            | (Vocabulary.HasLockWord(name) ? NameSense.Lock : 0)
            | (TryNames.IsTry(name, words) ? NameSense.Try : 0)
            | (TryNames.AsksWhetherHeld(name, words) ? NameSense.HeldQuestion : 0)
            | (TryNames.IsAcquisition(name, words) ? NameSense.Acquisition : 0)
            | (TryNames.IsEnd(name, words) ? NameSense.LockEnd : 0)
            | (CleanupName.Is(name, words) ? NameSense.Cleanup : 0)
            | (StopNames.MayBeStop(name, words) ? NameSense.Stop : 0);
        _known = new(_ask);
    }

    public Vocabulary Vocabulary { get; }

    /// <summary>True when the name has one of the senses.</summary>
    public bool Has(string name, NameSense senses)
    {
        if (_known.Count > MostNames)
            _known = new(_ask);
        return (_known.Of(name) & senses) != 0;
    }
}
