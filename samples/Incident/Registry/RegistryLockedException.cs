namespace Acme;

/// <summary>Another process has the registry open.</summary>
public sealed class RegistryLockedException(string path) : IOException($"Registry '{path}' is open in another process.");
