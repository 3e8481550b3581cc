using System.Text.Json.Serialization;
using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>When a trail was last verified, and how it came out.</summary>
public sealed record TrailCheck
{
    /// <summary>The empty id for the trail of what names no tenant.</summary>
    [JsonConverter(typeof(TenantOrNoneConverter))]
    public required TenantId Tenant { get; init; }

    public required DateTimeOffset At { get; init; }

    public required int Events { get; init; }

    public required int FaultCount { get; init; }

    [JsonIgnore]
    public bool Intact => FaultCount == 0;
}
