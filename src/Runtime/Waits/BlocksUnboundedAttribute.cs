namespace LockAnalyzers.Runtime;

/// <summary>
/// Says that a member waits with nothing to end it, so that the analyzers report its use where neither a time-out nor a token bounds it.
/// For the locks of a library and for wrappers that they cannot see through.
/// </summary>
/// <remarks>
/// It stays in metadata and counts in every assembly that calls the member, and for overrides and implementations. The analyzers know it by its
/// full name: a library that does not reference LockAnalyzers.Runtime may declare a copy of its own, internal or public.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class BlocksUnboundedAttribute : Attribute
{
    /// <summary>The name of the member of the same type that takes a time-out; null where an overload does, or none.</summary>
    public string? Bounded { get; set; }

    /// <summary>True when other processes can keep the wait from ending; false, the default, when only code of this process can.</summary>
    public bool Shared { get; set; }
}
