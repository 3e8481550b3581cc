using System.Net;

namespace Reanchor.Collector.Directories;

/// <summary>How to reach the directory.</summary>
internal sealed record DirectorySettings
{
    public const int DefaultPageSize = 1000;

    /// <summary>At least one domain controller of every domain of the forest.</summary>
    public required IReadOnlyList<ServerAddress> Servers { get; init; }

    /// <summary>Without TLS. A password then crosses the network in clear.</summary>
    public bool PlainLdap { get; init; }

    /// <summary>A folder with the PEM certificates of the authorities to trust; <see langword="null"/> for the machine's own.</summary>
    public string? CaFolder { get; init; }

    /// <summary><see langword="null"/> for the account that runs the program (Kerberos).</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>Accounts asked for at once; 1 to 1000, for a domain controller gives no more by default.</summary>
    public int PageSize { get; init; } = DefaultPageSize;
}
