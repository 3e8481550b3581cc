using System.Diagnostics.CodeAnalysis;

namespace Reanchor.GraphSimulator;

/// <summary>Live and soft-deleted users with their indexes. Not thread-safe: the tenant's lock guards it.</summary>
internal sealed class UserDirectory
{
    private readonly Dictionary<Guid, SimulatedUser> _live = [];
    private readonly Dictionary<string, Guid> _byUpn = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Guid> _byAnchor = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, SimulatedUser> _deleted = [];

    // Most users have one address, their UPN; only the others are listed here.
    private readonly Dictionary<string, HashSet<Guid>> _byOtherAddress = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<SimulatedUser> Live => _live.Values;
    public IReadOnlyCollection<SimulatedUser> Deleted => _deleted.Values;

    public void Reserve(int users)
    {
        _live.EnsureCapacity(_live.Count + users);
        _byUpn.EnsureCapacity(_byUpn.Count + users);
    }

    public SimulatedUser? Find(Guid id) => _live.GetValueOrDefault(id);

    public SimulatedUser? FindDeleted(Guid id) => _deleted.GetValueOrDefault(id);

    public SimulatedUser? FindByUpn(string upn) => _byUpn.TryGetValue(upn, out var id) ? _live[id] : null;

    public SimulatedUser? FindByAnchor(string anchor) => _byAnchor.TryGetValue(anchor, out var id) ? _live[id] : null;

    /// <summary>Every user that has the bare address as UPN, mail or proxy address, and perhaps more.</summary>
    public IEnumerable<SimulatedUser> FindByAddress(string address)
    {
        var others = _byOtherAddress.GetValueOrDefault(address, []).Select(id => _live[id]);
        return FindByUpn(address) is { } owner ? others.Append(owner) : others;
    }

    public SimulatedUser? FindDeletedByAnchor(string anchor) =>
        _deleted.Values.FirstOrDefault(user => user.OnPremisesImmutableId == anchor);

    /// <summary>Adds or replaces; false when another live user has the UPN or the anchor.</summary>
    public bool TryPut(SimulatedUser user, [NotNullWhen(false)] out string? conflictingProperty)
    {
        var anchor = user.OnPremisesImmutableId;
        conflictingProperty =
            _byUpn.TryGetValue(user.UserPrincipalName, out var upnOwner) && upnOwner != user.Id ? "userPrincipalName"
            : anchor is not null && _byAnchor.TryGetValue(anchor, out var anchorOwner) && anchorOwner != user.Id ? "onPremisesImmutableId"
            : null;

        if (conflictingProperty is not null)
        {
            return false;
        }

        Unindex(user.Id);
        _live[user.Id] = user;
        _byUpn[user.UserPrincipalName] = user.Id;

        if (anchor is not null)
        {
            _byAnchor[anchor] = user.Id;
        }

        foreach (var address in OtherAddresses(user))
        {
            if (!_byOtherAddress.TryGetValue(address, out var holders))
            {
                _byOtherAddress[address] = holders = [];
            }

            holders.Add(user.Id);
        }

        return true;
    }

    public bool Remove(Guid id)
    {
        Unindex(id);
        return _live.Remove(id);
    }

    public void PutDeleted(SimulatedUser user) => _deleted[user.Id] = user;

    public bool RemoveDeleted(Guid id) => _deleted.Remove(id);

    private void Unindex(Guid id)
    {
        if (_live.TryGetValue(id, out var user))
        {
            _byUpn.Remove(user.UserPrincipalName);

            if (user.OnPremisesImmutableId is { } anchor)
            {
                _byAnchor.Remove(anchor);
            }

            foreach (var address in OtherAddresses(user))
            {
                if (_byOtherAddress.TryGetValue(address, out var holders) && holders.Remove(id) && holders.Count == 0)
                {
                    _byOtherAddress.Remove(address);
                }
            }
        }
    }

    private static IEnumerable<string> OtherAddresses(SimulatedUser user) =>
        user.ProxyAddresses.Count == 0 && (user.Mail is null || user.Mail.Equals(user.UserPrincipalName, StringComparison.OrdinalIgnoreCase)) ? []
        : Addresses.All(user.UserPrincipalName, user.Mail, user.ProxyAddresses)
            .Where(address => !address.Equals(user.UserPrincipalName, StringComparison.OrdinalIgnoreCase));
}
