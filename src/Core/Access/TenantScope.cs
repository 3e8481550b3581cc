using System.Collections.Frozen;
using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>Where a caller may do it: in every tenant, or in those of a list.</summary>
public sealed class TenantScope
{
    private readonly FrozenSet<TenantId>? _tenants;

    private TenantScope(FrozenSet<TenantId>? tenants) => _tenants = tenants;

    /// <summary>Every tenant, also those registered later.</summary>
    public static TenantScope All { get; } = new(null);

    public static TenantScope None { get; } = new([]);

    public bool IsAll => _tenants is null;

    /// <summary>The tenants of the list; empty when <see cref="IsAll"/>.</summary>
    public IReadOnlyCollection<TenantId> Tenants => _tenants ?? [];

    public static TenantScope Of(params IEnumerable<TenantId> tenants) => new(tenants.ToFrozenSet());

    public bool Includes(TenantId tenant) => _tenants is null || _tenants.Contains(tenant);
}
