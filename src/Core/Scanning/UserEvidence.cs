using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>What the inventories have shown of one user so far.</summary>
internal sealed class UserEvidence(CloudUser user)
{
    private readonly Guid? _anchorGuid =
        user.Anchor is { } anchor && anchor.TryGetGuid(out var value) ? value : null;

    private readonly List<ListedAccount> _anchorHolders = [];
    private readonly List<ListedAccount> _driftedAccounts = [];
    private readonly List<ListedAccount> _partners = [];
    private readonly List<ListedAccount> _secondaryAddressHolders = [];

    public void AddAnchorHolder(CollectorId collector, DirectoryAccount account) => Add(_anchorHolders, collector, account);

    /// <summary>Adds the account that the user was last matched to, unless it holds the user's anchor still.</summary>
    public void AddMatchedAccount(CollectorId collector, DirectoryAccount account)
    {
        if (!HoldsAnchor(account))
        {
            Add(_driftedAccounts, collector, account);
        }
    }

    public void AddPartner(CollectorId collector, DirectoryAccount account) => Add(_partners, collector, account);

    /// <summary>Adds an account with one of the user's addresses among its secondary ones, unless it is a partner anyway.</summary>
    public void AddSecondaryAddressHolder(CollectorId collector, DirectoryAccount account)
    {
        if (PartnerMatch.MatchedBy(user, account).Count == 0)
        {
            Add(_secondaryAddressHolders, collector, account);
        }
    }

    public InventoryEvidence ToEvidence() => new()
    {
        AnchorHolders = [.. _anchorHolders],
        DriftedAccounts = [.. _driftedAccounts],
        Partners = [.. _partners],
        SecondaryAddressHolders = [.. _secondaryAddressHolders],
    };

    private bool HoldsAnchor(DirectoryAccount account) =>
        (_anchorGuid is { } guidValue && (account.ObjectGuid == guidValue
                || account.ConsistencyGuid == guidValue
                || AttributeText.PossibleGuids(account.CustomAnchor).Contains(guidValue)))
        || (user.Anchor is { } anchor
            && (string.Equals(account.OddConsistencyGuid, anchor.Value, StringComparison.Ordinal)
                || string.Equals(account.CustomAnchor, anchor.Value, StringComparison.Ordinal)));

    private static void Add(List<ListedAccount> list, CollectorId collector, DirectoryAccount account)
    {
        // The same account comes back at once when it matches in more than one way.
        var isListed = list.Count > 0 && ReferenceEquals(list[^1].Account, account);

        if (!isListed && list.Count < InventoryEvidence.Limit)
        {
            list.Add(new(collector, account));
        }
    }
}
