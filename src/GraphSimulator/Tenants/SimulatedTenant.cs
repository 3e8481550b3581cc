namespace Reanchor.GraphSimulator;

/// <summary>One customer's directory and the AD forests it synchronises from. Safe to use from several threads.</summary>
public sealed partial class SimulatedTenant
{
    private readonly List<SimulatedDomain> _domains = [];
    private readonly List<SimulatedGroup> _groups = [];
    private readonly List<RoleGrant> _activeRoles = [];
    private readonly List<RoleGrant> _eligibleRoles = [];
    private readonly List<AdForest> _forests = [];
    private readonly List<DirectoryAudit> _directoryAudits = [];
    private SyncFeatures _features = new();
    private TenantSettings _settings = new();
    private OrganizationState _organization = new();

    internal SimulatedTenant(SimulatedCloud cloud, Guid id, string displayName, string initialDomain)
    {
        Cloud = cloud;
        Id = id;
        DisplayName = displayName;
        InitialDomain = initialDomain;
        PageTokens = new PageTokens(cloud.Clock);
        Throttle = new TenantThrottle(this);
        _domains.Add(new() { Id = initialDomain, IsInitial = true, IsDefault = true });
    }

    public Guid Id { get; }
    public string DisplayName { get; }

    /// <summary>The <c>*.onmicrosoft.com</c> domain.</summary>
    public string InitialDomain { get; }

    /// <summary>The organisation's own sync state: true on, null never on or turned off.</summary>
    public bool? OnPremisesSyncEnabled
    {
        get => Volatile.Read(ref _organization).OnPremisesSyncEnabled;
        set => SetOrganization(state => state with { OnPremisesSyncEnabled = value });
    }

    public DateTimeOffset? OnPremisesLastSyncDateTime
    {
        get => Volatile.Read(ref _organization).OnPremisesLastSyncDateTime;
        set => SetOrganization(state => state with { OnPremisesLastSyncDateTime = value });
    }

    public SyncFeatures Features
    {
        get => Volatile.Read(ref _features);
        set => Volatile.Write(ref _features, value);
    }

    public TenantSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set => Volatile.Write(ref _settings, value);
    }

    public IReadOnlyList<SimulatedDomain> Domains => Copy(_domains);
    public IReadOnlyList<SimulatedGroup> Groups => Copy(_groups);
    public IReadOnlyList<RoleGrant> ActiveRoles => Copy(_activeRoles);
    public IReadOnlyList<RoleGrant> EligibleRoles => Copy(_eligibleRoles);
    public IReadOnlyList<AdForest> Forests => Copy(_forests);
    public IReadOnlyList<DirectoryAudit> DirectoryAudits => Copy(_directoryAudits);

    /// <summary>The requests that named this tenant, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Requests => Cloud.Requests.For(Id);

    internal SimulatedCloud Cloud { get; }
    internal Lock Gate { get; } = new();
    internal UserDirectory Directory { get; } = new();
    internal Dictionary<Guid, Connection> Connections { get; } = [];
    internal PageTokens PageTokens { get; }
    internal TenantThrottle Throttle { get; }

    /// <summary>Adds a verified domain, or replaces one of the same name.</summary>
    public SimulatedTenant AddDomain(string name, bool federated = false, bool isDefault = false)
    {
        lock (Gate)
        {
            _domains.RemoveAll(domain => Same(domain.Id, name));

            if (isDefault)
            {
                var others = _domains.ConvertAll(domain => domain with { IsDefault = false });
                _domains.Clear();
                _domains.AddRange(others);
            }

            _domains.Add(new()
            {
                Id = name,
                AuthenticationType = federated ? "Federated" : "Managed",
                IsDefault = isDefault,
                IsInitial = Same(name, InitialDomain),
            });
        }

        return this;
    }

    public SimulatedGroup AddGroup(SimulatedGroup group)
    {
        var added = group.Id == Guid.Empty ? group with { Id = Guid.NewGuid() } : group;

        lock (Gate)
        {
            _groups.RemoveAll(existing => existing.Id == added.Id);
            _groups.Add(added);
        }

        return added;
    }

    public void AddDirectoryAudit(DirectoryAudit audit)
    {
        lock (Gate)
        {
            _directoryAudits.Add(audit);
        }
    }

    /// <summary>Gives a cloud-managed user's source of authority back to AD, which the next sync completes, and logs it.</summary>
    public void GiveBackToAd(Guid userId)
    {
        UpdateUser(userId, user => user with { IsCloudManaged = false });
        AddDirectoryAudit(new()
        {
            ActivityDateTime = Cloud.Clock.GetUtcNow(),
            ActivityDisplayName = DirectoryAudit.AuthorityGivenBack,
            TargetId = userId,
        });
    }

    /// <summary>Adds an on-premises forest, or returns the one of that name.</summary>
    public AdForest AddForest(string name)
    {
        lock (Gate)
        {
            var forest = _forests.Find(existing => Same(existing.Name, name));

            if (forest is null)
            {
                forest = new AdForest(this, name);
                _forests.Add(forest);
            }

            return forest;
        }
    }

    /// <summary>Runs one synchronisation cycle, here and now.</summary>
    /// <exception cref="InvalidOperationException">The tenant does not synchronise, or its server is down.</exception>
    public SyncReport RunSync()
    {
        if (OnPremisesSyncEnabled != true || !Settings.SyncServerRunning)
        {
            throw new InvalidOperationException($"Tenant {Id} does not synchronise: {(Settings.SyncServerRunning ? "it is off in the cloud" : "its server is down")}.");
        }

        lock (Gate)
        {
            return new SyncCycle(this).Run();
        }
    }

    /// <summary>A cycle for one account alone, as Cloud Sync provisions on demand.</summary>
    internal SyncResult Provision(AdForest forest, AdAccount account)
    {
        lock (Gate)
        {
            return new SyncCycle(this).RunFor(forest, account);
        }
    }

    internal bool IsFederated(string upn) =>
        Domains.Any(domain => domain.IsFederated && upn.EndsWith("@" + domain.Id, StringComparison.OrdinalIgnoreCase));

    private void SetOrganization(Func<OrganizationState, OrganizationState> change)
    {
        lock (Gate)
        {
            Volatile.Write(ref _organization, change(_organization));
        }
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (Gate)
        {
            return [.. list];
        }
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
