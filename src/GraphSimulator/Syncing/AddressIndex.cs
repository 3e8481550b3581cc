namespace Reanchor.GraphSimulator;

/// <summary>Who holds the addresses that the accounts of this cycle want. Built in one pass, whatever the tenant's size.</summary>
internal sealed class AddressIndex
{
    private readonly UserDirectory _directory;
    private readonly Dictionary<string, HashSet<Guid>> _holders = new(StringComparer.OrdinalIgnoreCase);

    public AddressIndex(UserDirectory directory, IEnumerable<AdAccount> accounts)
    {
        _directory = directory;

        foreach (var account in accounts)
        {
            foreach (var address in Addresses.All(account.UserPrincipalName, account.Mail, account.ProxyAddresses))
            {
                _holders.TryAdd(address, []);
            }
        }

        foreach (var user in directory.Live)
        {
            Add(user);
        }
    }

    /// <summary>Call after every change of a user, so that the accounts still to come see it.</summary>
    public void Add(SimulatedUser user)
    {
        foreach (var address in Addresses.All(user.UserPrincipalName, user.Mail, user.ProxyAddresses))
        {
            if (_holders.TryGetValue(address, out var holders))
            {
                holders.Add(user.Id);
            }
        }
    }

    /// <summary>The live user with this primary SMTP address.</summary>
    public SimulatedUser? PrimaryHolder(string? address) =>
        address is null ? null : Holders(address).FirstOrDefault(user => Same(Addresses.Primary(user.ProxyAddresses, user.Mail), address));

    /// <summary>A live user other than <paramref name="except"/> with this address as UPN, mail or proxy address.</summary>
    public SimulatedUser? OtherHolder(string address, Guid except) =>
        Holders(address).FirstOrDefault(user =>
            user.Id != except && Addresses.All(user.UserPrincipalName, user.Mail, user.ProxyAddresses).Any(held => Same(held, address)));

    // An entry outlives a change of its user, so each look-up asks the user again.
    private IEnumerable<SimulatedUser> Holders(string address) =>
        _holders.TryGetValue(address, out var holders) ? holders.Select(_directory.Find).OfType<SimulatedUser>() : [];

    private static bool Same(string? left, string right) => right.Equals(left, StringComparison.OrdinalIgnoreCase);
}
