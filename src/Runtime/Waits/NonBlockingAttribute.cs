namespace LockAnalyzers.Runtime;

/// <summary>
/// Says that a member does not wait, whatever it looks like or a catalog says of it: the analyzers do not report its use.
/// </summary>
/// <remarks>
/// It stays in metadata and counts in every assembly that calls the member, and for overrides and implementations that do not say otherwise. The
/// analyzers know it by its full name: a library may declare a copy of its own. What the member does is not checked.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class NonBlockingAttribute : Attribute;
