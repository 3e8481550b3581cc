using System.Collections.Concurrent;

namespace Reanchor.GraphSimulator;

/// <summary>Every tenant the simulator knows, its clock, its faults and the requests it has seen.</summary>
public sealed class SimulatedCloud(TimeProvider? clock = null)
{
    /// <summary>Client id of the one application that every tenant has consented to, as far as its settings say.</summary>
    public static readonly Guid ApplicationId = new("7ea5c0de-0000-4000-8000-000000000001");

    /// <summary>Client id of a second one, which a tenant knows when its settings grant it something.</summary>
    public static readonly Guid WriterId = new("7ea5c0de-0000-4000-8000-000000000002");

    private readonly ConcurrentDictionary<Guid, SimulatedTenant> _tenants = [];

    public TimeProvider Clock { get; } = clock ?? TimeProvider.System;
    public FaultInjector Faults { get; } = new();
    public RequestLog Requests { get; } = new();
    public IReadOnlyCollection<SimulatedTenant> Tenants => [.. _tenants.Values.OrderBy(tenant => tenant.DisplayName, StringComparer.Ordinal)];

    internal AppThrottle Throttle { get; } = new(clock ?? TimeProvider.System);

    /// <exception cref="ArgumentException">There is a tenant of that id already.</exception>
    public SimulatedTenant AddTenant(string displayName, string initialDomain, Guid? id = null)
    {
        var tenant = new SimulatedTenant(this, id ?? Guid.NewGuid(), displayName, initialDomain);
        return _tenants.TryAdd(tenant.Id, tenant)
            ? tenant
            : throw new ArgumentException($"There is a tenant {tenant.Id} already.", nameof(id));
    }

    public SimulatedTenant? FindTenant(Guid id) => _tenants.GetValueOrDefault(id);

    public bool RemoveTenant(Guid id) => _tenants.TryRemove(id, out _);
}
