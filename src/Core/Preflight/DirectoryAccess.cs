using Reanchor.Scanning;

namespace Reanchor.Preflight;

/// <summary>What a directory tells of Reanchor's own rights in it.</summary>
public sealed record DirectoryAccess
{
    /// <summary>The application permissions that the tenant has granted, by name.</summary>
    public required Reading<IReadOnlySet<string>> Granted { get; init; }

    /// <summary>What could be read of some user; <see langword="null"/> when there was none to ask about.</summary>
    public UserFacts? AnyUser { get; init; }
}
