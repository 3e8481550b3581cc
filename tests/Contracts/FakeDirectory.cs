using System.Globalization;
using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Preflight;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Contracts;

public sealed record AnchorWrite(TenantId Tenant, Guid UserId, SourceAnchor? Anchor);

/// <summary>Directories of cloud users, one for each tenant. Faults are thrown from the hooks.</summary>
public sealed class FakeDirectory : IDirectoryReader, IAnchorWriter
{
    private readonly Dictionary<TenantId, SortedDictionary<Guid, CloudUser>> _users = [];
    private readonly List<AnchorWrite> _writes = [];

    public TenantFacts TenantFacts { get; set; } = Samples.Facts;

    public DirectoryAccess Access { get; set; } = Samples.Access;

    /// <summary>For users that differ from <see cref="Samples.UserFacts"/>.</summary>
    public Dictionary<Guid, UserFacts> UserFacts { get; } = [];

    /// <summary>Deleted users that hold any anchor asked for.</summary>
    public Reading<IReadOnlyList<Guid>> SoftDeletedHolders { get; set; } = Reading.Known<IReadOnlyList<Guid>>([]);

    /// <summary>Users that the index shows as holders of an anchor, besides those that hold it: indexes lag.</summary>
    public Dictionary<SourceAnchor, Guid> LaggingHolders { get; } = [];

    /// <summary>The answer to who has a partner's names; <see langword="null"/> for those that do.</summary>
    public Reading<IReadOnlyList<Guid>>? NameHolders { get; set; }

    public Reading<IReadOnlyList<DeletedUser>> DeletedUsers { get; set; } = Reading.Known<IReadOnlyList<DeletedUser>>([]);

    /// <summary>Groups that have any address asked for.</summary>
    public Reading<IReadOnlyList<AddressOwner>> GroupOwners { get; set; } = Reading.Known<IReadOnlyList<AddressOwner>>([]);

    /// <summary>Contacts that have any address asked for.</summary>
    public Reading<IReadOnlyList<AddressOwner>> ContactOwners { get; set; } = Reading.Known<IReadOnlyList<AddressOwner>>([]);

    public int PageSize { get; set; } = 999;

    public bool RefusesAnchorFilter { get; set; }

    /// <summary>Why the next writes are refused; nothing is written then.</summary>
    public AnchorRefusal? Refusal { get; set; }

    /// <summary>Every PATCH that was sent, refused ones included.</summary>
    public IReadOnlyList<AnchorWrite> Writes => _writes;

    /// <summary>The users whose object identifier was cleared.</summary>
    public List<Guid> IdentifierClears { get; } = [];

    public int PagesRead { get; private set; }

    public Action? BeforeTenantFacts { get; set; }

    /// <summary>Gets the link of the page.</summary>
    public Action<string?>? BeforePage { get; set; }

    /// <summary>Gets the user's id, before a user is read by it.</summary>
    public Action<Guid>? BeforeUser { get; set; }

    /// <summary>Throw to lose the request.</summary>
    public Action<AnchorWrite>? BeforeWrite { get; set; }

    /// <summary>Throw to lose the answer.</summary>
    public Action<AnchorWrite>? AfterWrite { get; set; }

    public static void Down() => throw new DirectoryUnavailableException("Graph answered 503: try later");

    public static void Throttled() => Busy(TimeSpan.FromSeconds(10));

    /// <summary>Turned away with a time after which to come again.</summary>
    public static void Busy(TimeSpan retryAfter) =>
        throw new DirectoryUnavailableException("Graph answered 429: slow down") { RetryAfter = retryAfter, NothingDone = true };

    public void Put(TenantId tenant, params ReadOnlySpan<CloudUser> users)
    {
        foreach (var user in users)
        {
            Of(tenant)[user.Id] = user;
        }
    }

    public void Remove(TenantId tenant, Guid userId) => Of(tenant).Remove(userId);

    public CloudUser User(TenantId tenant, Guid userId) => Of(tenant)[userId];

    public void ExpectWrite(Tenant tenant)
    {
    }

    public Task<TenantFacts> ReadTenantFactsAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        BeforeTenantFacts?.Invoke();
        RequestMeter.Tick();
        return Task.FromResult(TenantFacts);
    }

    public Task<DirectoryAccess> ReadAccessAsync(Tenant tenant, CancellationToken cancellationToken) => Task.FromResult(Access);

    public Task<UserPage> ReadAnchoredUsersAsync(
        Tenant tenant, string? pageLink, bool filterOnServer, CancellationToken cancellationToken)
    {
        BeforePage?.Invoke(pageLink);
        RequestMeter.Tick();

        if (filterOnServer && RefusesAnchorFilter)
        {
            throw new AnchorFilterRefusedException("400 Request_UnsupportedQuery");
        }

        PagesRead++;
        var skip = pageLink is null ? 0 : int.Parse(pageLink, CultureInfo.InvariantCulture);
        var listed = Of(tenant.Id).Values.Where(u => !u.IsSynced && (!filterOnServer || u.Anchor is not null)).ToList();
        var page = listed.Skip(skip).Take(PageSize).ToList();
        var end = skip + page.Count;

        return Task.FromResult(new UserPage(
            [.. page.Where(u => u.Anchor is not null)],
            page.Count,
            end < listed.Count ? end.ToString(CultureInfo.InvariantCulture) : null));
    }

    public Task<IReadOnlyList<UserFacts>> ReadUserFactsAsync(
        Tenant tenant, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UserFacts>>(
            [.. users.Select(u => UserFacts.GetValueOrDefault(u.Id, Samples.UserFacts))]);

    public Task<CloudUser?> FindUserAsync(Tenant tenant, Guid userId, CancellationToken cancellationToken)
    {
        BeforeUser?.Invoke(userId);
        return Task.FromResult(Of(tenant.Id).GetValueOrDefault(userId));
    }

    public Task<CloudUser?> FindUserByNameAsync(Tenant tenant, string userPrincipalName, CancellationToken cancellationToken) =>
        Task.FromResult(Of(tenant.Id).Values.FirstOrDefault(
            u => u.UserPrincipalName.Equals(userPrincipalName, StringComparison.OrdinalIgnoreCase)));

    public Task<Reading<IReadOnlyList<DeletedUser>>> ReadDeletedUsersAsync(Tenant tenant, CancellationToken cancellationToken) =>
        Task.FromResult(DeletedUsers);

    public Task<AddressOwners> FindAddressOwnersAsync(
        Tenant tenant, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var users = Of(tenant.Id).Values.Where(u => addresses.Any(address =>
            u.UserPrincipalName.Equals(address, StringComparison.OrdinalIgnoreCase)
            || address.Equals(u.Mail, StringComparison.OrdinalIgnoreCase)
            || u.ProxyAddresses.Contains($"smtp:{address}", StringComparer.OrdinalIgnoreCase)));

        return Task.FromResult(new AddressOwners(
            Reading.Known<IReadOnlyList<AddressOwner>>([.. users.Select(u => new AddressOwner(u.Id, u.UserPrincipalName))]),
            GroupOwners,
            ContactOwners));
    }

    public async Task<IReadOnlyList<PartnerClaims>> FindPartnerClaimsAsync(
        Tenant tenant, IReadOnlyList<PartnerKeys> partners, CancellationToken cancellationToken)
    {
        var claims = new List<PartnerClaims>();

        foreach (var partner in partners)
        {
            claims.Add(new()
            {
                AnchorHolders = Reading.Known(await FindAnchorHoldersAsync(tenant, partner.ExpectedAnchor, cancellationToken)),
                NameHolders = NameHolders ?? Reading.Known<IReadOnlyList<Guid>>(
                    [.. Of(tenant.Id).Values.Where(u => partner.Names.Any(name => Has(u, name))).Select(u => u.Id)]),
            });
        }

        return claims;

        static bool Has(CloudUser user, string name) =>
            user.ProxyAddresses.Select(a => a[(a.IndexOf(':') + 1)..]).Append(user.UserPrincipalName).Append(user.Mail)
                .Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    public Task<IReadOnlyList<Guid>> FindAnchorHoldersAsync(
        Tenant tenant, SourceAnchor anchor, CancellationToken cancellationToken)
    {
        var holders = Of(tenant.Id).Values.Where(u => u.Anchor == anchor).Select(u => u.Id);
        return Task.FromResult<IReadOnlyList<Guid>>(
            LaggingHolders.TryGetValue(anchor, out var late) ? [.. holders.Append(late).Distinct()] : [.. holders]);
    }

    public Task<Reading<IReadOnlyList<QuarantinedDuplicate>>> FindDuplicatesAsync(
        Tenant tenant, CancellationToken cancellationToken) => Task.FromResult(TenantFacts.Duplicates);

    public Task<Reading<IReadOnlyList<Guid>>> FindSoftDeletedHoldersAsync(
        Tenant tenant, SourceAnchor anchor, CancellationToken cancellationToken) => Task.FromResult(SoftDeletedHolders);

    public Task<AnchorRefusal?> WriteAsync(
        Tenant tenant, Guid userId, SourceAnchor? anchor, CancellationToken cancellationToken)
    {
        var write = new AnchorWrite(tenant.Id, userId, anchor);
        BeforeWrite?.Invoke(write);
        _writes.Add(write);

        if (Refusal is null)
        {
            Of(tenant.Id)[userId] = Of(tenant.Id)[userId] with { Anchor = anchor };
            AfterWrite?.Invoke(write);
        }

        return Task.FromResult(Refusal);
    }

    public Task<AnchorRefusal?> ClearObjectIdentifierAsync(Tenant tenant, Guid userId, CancellationToken cancellationToken)
    {
        var user = Of(tenant.Id)[userId];
        IdentifierClears.Add(userId);
        Of(tenant.Id)[userId] = user with { OnPremises = user.OnPremises with { ObjectIdentifier = null } };
        return Task.FromResult<AnchorRefusal?>(null);
    }

    private SortedDictionary<Guid, CloudUser> Of(TenantId tenant)
    {
        if (!_users.TryGetValue(tenant, out var users))
        {
            _users.Add(tenant, users = []);
        }

        return users;
    }
}
