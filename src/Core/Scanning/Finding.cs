using System.Text.Json.Serialization;
using Reanchor.Anchors;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>What the latest scan found of one user that carries an anchor and is not synced. One row a user, not one a scan.</summary>
public sealed record Finding
{
    public required TenantId Tenant { get; init; }

    public required ScanId Scan { get; init; }

    public required CloudUser User { get; init; }

    public required Assessment Assessment { get; init; }

    /// <summary>Which pass of the scan saw the user: how often the scan had started over by then.</summary>
    public int Pass { get; init; }

    /// <summary>Versions of the inventories that were read, by collector; empty when none proved anything.</summary>
    public required IReadOnlyDictionary<string, string> InventoryVersions { get; init; }

    /// <summary>Ids of those who handed in these inventories, each once.</summary>
    public IReadOnlyList<string> ImportedBy { get; init; } = [];

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>As a candidate, by this scan and those right before it; <see cref="CandidateSightings.None"/> for other classes.</summary>
    public CandidateSightings Sightings { get; init; } = CandidateSightings.None;

    /// <summary>Some scan saw the user cloud-managed. Never forgotten.</summary>
    public bool WasCloudManaged { get; init; }

    [JsonIgnore]
    public Classification Classification => Assessment.Classification;

    [JsonIgnore]
    public SourceAnchor Anchor => User.Anchor!;
}
