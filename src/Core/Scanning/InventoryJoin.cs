using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>
/// Finds, for the users of a scan, what streamed inventories hold of them. Memory follows the users, not the accounts. A user given
/// twice counts once, as first given.
/// </summary>
public sealed class InventoryJoin
{
    private const string PrimaryPrefix = "SMTP:";

    private readonly Dictionary<Guid, UserEvidence> _users = [];
    private readonly UserIndex<Guid> _byAnchorGuid = new(EqualityComparer<Guid>.Default);
    private readonly UserIndex<string> _byAnchorText = new(StringComparer.Ordinal);
    private readonly UserIndex<Guid> _byObjectIdentifier = new(EqualityComparer<Guid>.Default);
    private readonly UserIndex<string> _bySid = new(StringComparer.OrdinalIgnoreCase);
    private readonly UserIndex<string> _byUserPrincipalName = new(StringComparer.OrdinalIgnoreCase);
    private readonly UserIndex<string> _byPrimarySmtpAddress = new(StringComparer.OrdinalIgnoreCase);

    public InventoryJoin(IReadOnlyList<CloudUser> users)
    {
        foreach (var user in users)
        {
            var evidence = new UserEvidence(user);

            if (_users.TryAdd(user.Id, evidence))
            {
                Index(user, evidence);
            }
        }
    }

    public void Add(CollectorId collector, DirectoryAccount account)
    {
        AddAnchorHolders(collector, account);
        AddMatchedAccounts(collector, account);

        // A deleted account may come back, so it holds its anchor, but sync matches nobody to it.
        if (!account.Deleted)
        {
            AddPartners(collector, account);
            AddSecondaryAddressHolders(collector, account);
        }
    }

    /// <summary>To be asked when every inventory has been added to its end.</summary>
    /// <exception cref="ArgumentException">The join was not built for this user: no answer may look like "not found".</exception>
    public InventoryEvidence EvidenceFor(Guid userId) =>
        _users.TryGetValue(userId, out var evidence)
            ? evidence.ToEvidence()
            : throw new ArgumentException($"User {userId} is not part of this join.", nameof(userId));

    private void Index(CloudUser user, UserEvidence evidence)
    {
        if (user.Anchor is { } anchor)
        {
            _byAnchorText.Add(anchor.Value, evidence);

            if (anchor.TryGetGuid(out var anchorGuid))
            {
                _byAnchorGuid.Add(anchorGuid, evidence);
            }
        }

        if (Guid.TryParse(user.OnPremises.ObjectIdentifier, out var objectIdentifier))
        {
            _byObjectIdentifier.Add(objectIdentifier, evidence);
        }

        _bySid.AddText(user.OnPremises.SecurityIdentifier, evidence);
        _byUserPrincipalName.AddText(user.UserPrincipalName, evidence);
        _byPrimarySmtpAddress.AddText(user.PrimarySmtpAddress, evidence);
    }

    private void AddAnchorHolders(CollectorId collector, DirectoryAccount account)
    {
        foreach (var user in _byAnchorGuid.Find(account.ObjectGuid))
        {
            user.AddAnchorHolder(collector, account);
        }

        if (account.ConsistencyGuid is { } consistencyGuid)
        {
            foreach (var user in _byAnchorGuid.Find(consistencyGuid))
            {
                user.AddAnchorHolder(collector, account);
            }
        }

        foreach (var user in _byAnchorText.FindText(account.OddConsistencyGuid))
        {
            user.AddAnchorHolder(collector, account);
        }

        foreach (var user in _byAnchorText.FindText(account.CustomAnchor))
        {
            user.AddAnchorHolder(collector, account);
        }

        // A binary attribute, written as people write a GUID and not as sync would send it.
        foreach (var guidValue in AttributeText.PossibleGuids(account.CustomAnchor))
        {
            foreach (var user in _byAnchorGuid.Find(guidValue))
            {
                user.AddAnchorHolder(collector, account);
            }
        }
    }

    private void AddMatchedAccounts(CollectorId collector, DirectoryAccount account)
    {
        foreach (var user in _byObjectIdentifier.Find(account.ObjectGuid))
        {
            user.AddMatchedAccount(collector, account);
        }

        foreach (var user in _bySid.FindText(account.Sid))
        {
            user.AddMatchedAccount(collector, account);
        }
    }

    private void AddPartners(CollectorId collector, DirectoryAccount account)
    {
        foreach (var user in _byUserPrincipalName.FindText(account.UserPrincipalName))
        {
            user.AddPartner(collector, account);
        }

        foreach (var user in _byPrimarySmtpAddress.FindText(Primary(account)))
        {
            user.AddPartner(collector, account);
        }
    }

    private void AddSecondaryAddressHolders(CollectorId collector, DirectoryAccount account)
    {
        var primary = PrimaryIndex(account);

        for (var i = 0; i < account.ProxyAddresses.Count; i++)
        {
            var proxyAddress = account.ProxyAddresses[i].AsSpan();

            if (i == primary || !proxyAddress.StartsWith(PrimaryPrefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var address = proxyAddress[PrimaryPrefix.Length..];

            foreach (var user in _byUserPrincipalName.FindText(address))
            {
                user.AddSecondaryAddressHolder(collector, account);
            }

            foreach (var user in _byPrimarySmtpAddress.FindText(address))
            {
                user.AddSecondaryAddressHolder(collector, account);
            }
        }
    }

    // DirectoryAccount.PrimarySmtpAddress makes a string; this runs for every account of every forest.
    private static ReadOnlySpan<char> Primary(DirectoryAccount account) =>
        PrimaryIndex(account) is >= 0 and var primary
            ? account.ProxyAddresses[primary].AsSpan(PrimaryPrefix.Length)
            : account.Mail;

    // A second SMTP: address, which Exchange would not allow, is no primary one.
    private static int PrimaryIndex(DirectoryAccount account)
    {
        for (var i = 0; i < account.ProxyAddresses.Count; i++)
        {
            if (account.ProxyAddresses[i].StartsWith(PrimaryPrefix, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
