namespace Reanchor.GraphSimulator;

/// <summary>An on-premises forest with one domain. Its tenant's lock guards it.</summary>
public sealed class AdForest
{
    private readonly SimulatedTenant _tenant;
    private readonly Dictionary<Guid, AdAccount> _accounts = [];
    private int _nextRelativeId = 1_101;

    internal AdForest(SimulatedTenant tenant, string name)
    {
        _tenant = tenant;
        Name = name;
        OnDemand = new(5, TimeSpan.FromSeconds(10), tenant.Cloud.Clock);
    }

    /// <summary>DNS name, such as <c>corp.contoso.example</c>.</summary>
    public string Name { get; }

    /// <summary>The service principal of its Cloud Sync, if the tenant uses that.</summary>
    internal Guid CloudSyncId { get; } = Guid.NewGuid();

    /// <summary>What Graph allows of provisioning on demand.</summary>
    internal TokenBucket OnDemand { get; }

    /// <summary>A copy of the accounts, deleted ones included.</summary>
    public IReadOnlyList<AdAccount> Accounts
    {
        get
        {
            lock (_tenant.Gate)
            {
                return [.. _accounts.Values];
            }
        }
    }

    /// <summary>Adds an account, or replaces the one with its objectGUID; fills in what an administrator would not type.</summary>
    public AdAccount AddAccount(AdAccount account)
    {
        lock (_tenant.Gate)
        {
            var sam = account.SamAccountName ?? account.UserPrincipalName.Split('@')[0];
            var added = account with
            {
                ObjectGuid = account.ObjectGuid == Guid.Empty ? Guid.NewGuid() : account.ObjectGuid,
                SamAccountName = sam,
                Sid = account.Sid ?? $"{DomainSid(Name)}-{_nextRelativeId++}",
                DistinguishedName = account.DistinguishedName
                    ?? $"CN={account.DisplayName ?? sam},OU=People,DC={Name.Replace(".", ",DC=", StringComparison.Ordinal)}",
            };
            _accounts[added.ObjectGuid] = added;
            return added;
        }
    }

    /// <exception cref="KeyNotFoundException">There is no such account.</exception>
    public AdAccount UpdateAccount(Guid objectGuid, Func<AdAccount, AdAccount> change)
    {
        lock (_tenant.Gate)
        {
            return _accounts[objectGuid] = change(_accounts[objectGuid]) with { ObjectGuid = objectGuid };
        }
    }

    /// <summary>Moves an account to the Recycle Bin: the next sync soft-deletes its cloud user.</summary>
    public void DeleteAccount(Guid objectGuid) => UpdateAccount(objectGuid, account => account with { Deleted = true });

    public AdAccount? FindAccount(Guid objectGuid)
    {
        lock (_tenant.Gate)
        {
            return _accounts.GetValueOrDefault(objectGuid);
        }
    }

    // The same forest has the same SID on every run: sample data must not change between two starts.
    private static string DomainSid(string forest)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(forest));
        return $"S-1-5-21-{BitConverter.ToUInt32(hash, 0)}-{BitConverter.ToUInt32(hash, 4)}-{BitConverter.ToUInt32(hash, 8)}";
    }
}
