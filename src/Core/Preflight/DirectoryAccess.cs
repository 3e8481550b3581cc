using Reanchor.Scanning;

namespace Reanchor.Preflight;

/// <summary>What a directory tells of Reanchor's own rights in it.</summary>
public sealed record DirectoryAccess
{
    /// <summary>The application permissions that the tenant has granted to the application that reads, by name.</summary>
    public required Reading<IReadOnlySet<string>> Granted { get; init; }

    /// <summary>The same of the one that writes; <see langword="null"/> when one application does both.</summary>
    public Reading<IReadOnlySet<string>>? GrantedToWriter { get; init; }

    /// <summary>What could be read of some user; <see langword="null"/> when there was none to ask about.</summary>
    public UserFacts? AnyUser { get; init; }

    public Reading<IReadOnlySet<string>> GrantedFor(DirectoryUse use) =>
        use is DirectoryUse.Write && GrantedToWriter is { } writer ? writer : Granted;
}
