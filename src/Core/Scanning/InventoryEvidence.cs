using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>An on-premises account and the collector that listed it.</summary>
public sealed record ListedAccount(CollectorId Collector, DirectoryAccount Account)
{
    /// <summary>What a person would call it.</summary>
    public string Name => $"{Account.SamAccountName ?? Account.UserPrincipalName ?? Account.ObjectGuid.ToString()} ({Collector})";
}

/// <summary>What all inventories together say of one cloud user. Each list is cut at <see cref="Limit"/>: two are as telling as twenty.</summary>
public sealed record InventoryEvidence
{
    public const int Limit = 10;

    public static InventoryEvidence None { get; } = new();

    /// <summary>Accounts, deleted ones included, whose objectGUID, ConsistencyGuid (odd or not) or custom anchor is the user's anchor.</summary>
    public IReadOnlyList<ListedAccount> AnchorHolders { get; init; } = [];

    /// <summary>Accounts with another anchor whose SID, or objectGUID, is the one that the user was last matched to.</summary>
    public IReadOnlyList<ListedAccount> DriftedAccounts { get; init; } = [];

    /// <summary>Live accounts whose UPN or primary SMTP address is the user's.</summary>
    public IReadOnlyList<ListedAccount> Partners { get; init; } = [];

    /// <summary>Live accounts that have the user's UPN or primary address only as a secondary address.</summary>
    public IReadOnlyList<ListedAccount> SecondaryAddressHolders { get; init; } = [];

    /// <summary>What the inventories leave open when they hold no such anchor, in words for an approver.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];
}
