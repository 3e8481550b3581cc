namespace Reanchor.GraphSimulator;

/// <summary>The sync state that <c>/organization</c> shows.</summary>
internal sealed record OrganizationState
{
    public bool? OnPremisesSyncEnabled { get; init; }
    public DateTimeOffset? OnPremisesLastSyncDateTime { get; init; }

    public static OrganizationState Of(SimulatedTenant tenant) => new()
    {
        OnPremisesSyncEnabled = tenant.OnPremisesSyncEnabled,
        OnPremisesLastSyncDateTime = tenant.OnPremisesLastSyncDateTime,
    };

    public void ApplyTo(SimulatedTenant tenant)
    {
        tenant.OnPremisesSyncEnabled = OnPremisesSyncEnabled;
        tenant.OnPremisesLastSyncDateTime = OnPremisesLastSyncDateTime;
    }
}
