using System.Security.Cryptography;
using System.Text;

namespace Reanchor.GraphSimulator;

/// <summary>Writes down a sample company's people. Ids come from names, so that they never change.</summary>
internal sealed class SampleCompany(SimulatedTenant tenant, string domain)
{
    private static readonly DateTimeOffset Hired = new(2018, 9, 3, 7, 30, 0, TimeSpan.Zero);

    public SimulatedTenant Tenant { get; } = tenant;

    /// <summary>A GUID that depends on the text alone.</summary>
    public static Guid IdOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>The anchor of an account in the forest that the company had years ago.</summary>
    public static string OldAnchorOf(string name) => AdAccount.ToAnchor(IdOf("retired forest/" + name));

    public static string AddressOf(string name, string domain) =>
        $"{name.ToLowerInvariant().Replace(' ', '.')}@{domain}";

    public string AddressOf(string name) => AddressOf(name, domain);

    /// <summary>A cloud user with a mailbox, not synced. <paramref name="change"/> makes it special.</summary>
    public SimulatedUser User(string name, string? anchor, Func<SimulatedUser, SimulatedUser>? change = null)
    {
        var user = Describe(name) with { OnPremisesImmutableId = anchor };
        return Tenant.AddUser(change?.Invoke(user) ?? user);
    }

    /// <summary>A cloud user among the soft-deleted.</summary>
    public void DeletedUser(string name, string anchor) => Tenant.AddDeletedUser(Describe(name) with
    {
        Id = IdOf($"{Tenant.Id}/deleted/{name}"),
        OnPremisesImmutableId = anchor,
        DeletedDateTime = Tenant.Cloud.Clock.GetUtcNow().AddDays(-9),
    });

    /// <summary>An AD account with mail at the same address as its UPN.</summary>
    public AdAccount Account(AdForest forest, string name, Func<AdAccount, AdAccount>? change = null)
    {
        var address = AddressOf(name);
        var account = new AdAccount
        {
            ObjectGuid = IdOf($"{forest.Name}/{name}"),
            UserPrincipalName = address,
            Mail = address,
            ProxyAddresses = ["SMTP:" + address],
            SamAccountName = name.ToLowerInvariant().Replace(' ', '.'),
            DisplayName = name,
        };
        return forest.AddAccount(change?.Invoke(account) ?? account);
    }

    /// <summary>An AD account and the cloud user that it is paired with.</summary>
    public void Pair(AdForest forest, string name)
    {
        var account = Account(forest, name, account => account with { ConsistencyGuid = account.ObjectGuid });
        User(name, AdAccount.ToAnchor(account.ObjectGuid), user => user with
        {
            OnPremisesSyncEnabled = true,
            OnPremisesLastSyncDateTime = Tenant.OnPremisesLastSyncDateTime,
            OnPremisesSecurityIdentifier = account.Sid,
            OnPremisesSamAccountName = account.SamAccountName,
            OnPremisesDistinguishedName = account.DistinguishedName,
            OnPremisesDomainName = forest.Name,
            OnPremisesUserPrincipalName = account.UserPrincipalName,
            OnPremisesObjectIdentifier = account.ObjectGuid.ToString(),
        });
    }

    private SimulatedUser Describe(string name)
    {
        var address = AddressOf(name);
        var parts = name.Split(' ');
        return new()
        {
            Id = IdOf($"{Tenant.Id}/{name}"),
            UserPrincipalName = address,
            DisplayName = name,
            GivenName = parts[0],
            Surname = parts.Length > 1 ? parts[^1] : null,
            Mail = address,
            ProxyAddresses = ["SMTP:" + address],
            UserPurpose = "user",
            CreatedDateTime = Hired,
        };
    }
}
