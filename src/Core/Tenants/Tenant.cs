using System.Text.Json.Serialization;
using Reanchor.Access;

namespace Reanchor.Tenants;

/// <summary>One customer's Entra directory, as an administrator registered it.</summary>
public sealed record Tenant
{
    public required TenantId Id { get; init; }

    public required string DisplayName { get; init; }

    public TenantMode Mode { get; init; } = TenantMode.Report;

    public Cloud Cloud { get; init; } = Cloud.Global;

    public AnchorAttribute AnchorAttribute { get; init; } = AnchorAttribute.ConsistencyGuid;

    /// <summary>The collectors whose inventories together cover every forest. Without all of them nothing is proposed.</summary>
    public IReadOnlyList<CollectorId> Collectors { get; init; } = [];

    public TenantPolicy Policy { get; init; } = TenantPolicy.Default;

    /// <summary>A disabled tenant is not scanned and nothing is written to it.</summary>
    public bool Enabled { get; init; } = true;

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The last one. <see langword="null"/> in a tenant that was stored before changes were kept, and in audit events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TenantChange? Change { get; init; }

    /// <summary>Taken off the list. The row stays, because its event is told from it.</summary>
    [JsonIgnore]
    public bool IsRemoved => Change is { IsRemoval: true };

    public Tenant Remove(Actor by, DateTimeOffset now) => IsRemoved
        ? throw new InvalidOperationException($"Tenant {Id} is removed.")
        : this with { Change = new(by, now, Before: null, IsRemoval: true) };
}
