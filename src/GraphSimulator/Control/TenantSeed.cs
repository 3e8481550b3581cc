namespace Reanchor.GraphSimulator;

/// <summary>Everything a tenant starts with, as one JSON object.</summary>
public sealed record TenantSeed
{
    public required Guid TenantId { get; init; }
    public required string DisplayName { get; init; }

    /// <summary>Such as <c>contoso.onmicrosoft.com</c>.</summary>
    public required string InitialDomain { get; init; }

    public bool? OnPremisesSyncEnabled { get; init; } = true;

    /// <summary>Now, when left out of a tenant that synchronises.</summary>
    public DateTimeOffset? OnPremisesLastSyncDateTime { get; init; }

    public SyncFeatures Features { get; init; } = new();
    public TenantSettings Settings { get; init; } = new();
    public IReadOnlyList<SimulatedDomain> Domains { get; init; } = [];
    public IReadOnlyList<SimulatedUser> Users { get; init; } = [];
    public IReadOnlyList<SimulatedUser> DeletedUsers { get; init; } = [];
    public IReadOnlyList<SimulatedGroup> Groups { get; init; } = [];
    public IReadOnlyList<RoleSeed> Roles { get; init; } = [];
    public IReadOnlyList<DirectoryAudit> DirectoryAudits { get; init; } = [];
    public IReadOnlyList<ForestSeed> Forests { get; init; } = [];
    public BulkSeed? Bulk { get; init; }

    /// <exception cref="ArgumentException">The tenant exists, or two users claim one UPN or anchor.</exception>
    public SimulatedTenant AddTo(SimulatedCloud cloud)
    {
        var tenant = cloud.AddTenant(DisplayName, InitialDomain, TenantId);

        try
        {
            Fill(tenant, cloud.Clock.GetUtcNow());
            return tenant;
        }
        catch
        {
            cloud.RemoveTenant(TenantId);
            throw;
        }
    }

    private void Fill(SimulatedTenant tenant, DateTimeOffset now)
    {
        tenant.OnPremisesSyncEnabled = OnPremisesSyncEnabled;
        tenant.OnPremisesLastSyncDateTime = OnPremisesLastSyncDateTime ?? (OnPremisesSyncEnabled == true ? now : null);
        tenant.Features = Features;
        tenant.Settings = Settings;

        foreach (var domain in Domains)
        {
            tenant.AddDomain(domain.Id, domain.IsFederated, domain.IsDefault);
        }

        tenant.AddUsers(Users);

        foreach (var user in DeletedUsers)
        {
            tenant.AddDeletedUser(user);
        }

        foreach (var group in Groups)
        {
            tenant.AddGroup(group);
        }

        foreach (var role in Roles)
        {
            role.AddTo(tenant);
        }

        foreach (var audit in DirectoryAudits)
        {
            tenant.AddDirectoryAudit(audit);
        }

        foreach (var seed in Forests)
        {
            var forest = tenant.AddForest(seed.Name);

            foreach (var account in seed.Accounts)
            {
                forest.AddAccount(account);
            }
        }

        if (Bulk is { } bulk)
        {
            BulkUsers.AddTo(tenant, bulk.PlainUsers, bulk.Leftovers, bulk.PartnerForest is { } forest ? tenant.AddForest(forest) : null);
        }
    }
}
