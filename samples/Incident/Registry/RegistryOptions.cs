namespace Acme;

/// <summary>How a registry is opened.</summary>
public sealed class RegistryOptions
{
    /// <summary>The registry's folder.</summary>
    public required string Path { get; init; }

    /// <summary>Whether to wait while another process has the registry open, instead of failing.</summary>
    public bool Wait { get; init; }
}
