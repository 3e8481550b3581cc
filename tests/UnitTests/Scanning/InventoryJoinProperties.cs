using FsCheck;
using FsCheck.Fluent;
using Reanchor.Anchors;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Scanning;

public sealed class InventoryJoinProperties
{
    private static readonly CollectorId[] Collectors = [CollectorId.Parse("corp", null), CollectorId.Parse("emea", null)];
    private static readonly Guid[] Guids = [.. Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, new byte[8]))];
    private static readonly string[] Names = ["ann@corp.example", "ANN@corp.example", "bob@corp.example", "eve@corp.example"];
    private static readonly string[] Sids = ["S-1-5-21-1-2-3-1", "S-1-5-21-1-2-3-2", "s-1-5-21-1-2-3-1"];

    /// <summary>Few values, so that users and accounts meet in every way.</summary>
    private static readonly Gen<DirectoryAccount> Accounts =
        from objectGuid in Gen.Elements(Guids)
        from consistencyGuid in Gen.Elements<Guid?>([null, .. Guids])
        from custom in Gen.Elements(null, SourceAnchor.FromGuid(Guids[0]).Value, "E1001")
        from sid in Gen.Elements([null, .. Sids])
        from upn in Gen.Elements([null, .. Names])
        from primary in Gen.Elements(Names)
        from secondary in Gen.Elements(Names)
        from deleted in Gen.Elements(true, false, false)
        select new DirectoryAccount
        {
            ObjectGuid = objectGuid,
            ConsistencyGuid = consistencyGuid,
            CustomAnchor = custom,
            Sid = sid,
            UserPrincipalName = upn,
            ProxyAddresses = [$"SMTP:{primary}", $"smtp:{secondary}"],
            Deleted = deleted,
        };

    private static readonly Gen<CloudUser> Users =
        from anchor in Gen.Elements(Guids)
        from identifier in Gen.Elements([null, .. Guids.Select(g => g.ToString())])
        from sid in Gen.Elements([null, .. Sids])
        from upn in Gen.Elements(Names)
        from primary in Gen.Elements(Names)
        select new CloudUser
        {
            Id = Guid.NewGuid(),
            UserPrincipalName = upn,
            ProxyAddresses = [$"SMTP:{primary}"],
            Anchor = SourceAnchor.FromGuid(anchor),
            OnPremises = new() { SecurityIdentifier = sid, ObjectIdentifier = identifier },
        };

    private static readonly Gen<(CloudUser[] Users, ListedAccount[] Accounts, ListedAccount[] Shuffled)> Joins =
        from users in Users.ArrayOf(4)
        from size in Gen.Choose(0, InventoryEvidence.Limit)
        from accounts in Accounts.ArrayOf(size)
        from collectors in Gen.Elements(Collectors).ArrayOf(size)
        let listed = accounts.Zip(collectors, (a, c) => new ListedAccount(c, a)).ToArray()
        from shuffled in Gen.Shuffle(listed)
        select (users, listed, shuffled);

    [Fact]
    public void EvidenceFor_AccountsInAnyOrder_IsTheSame() => Holds(join =>
        join.Users.All(user => Same(Evidence(join.Users, join.Accounts, user), Evidence([.. join.Users.Reverse()], join.Shuffled, user))));

    /// <summary>The rules again, one account at a time and without an index.</summary>
    [Fact]
    public void EvidenceFor_AnyAccounts_AreThoseThatTheRulesName() => Holds(join =>
        join.Users.All(user => Same(Evidence(join.Users, join.Accounts, user), Expected(user, join.Accounts))));

    private static InventoryEvidence Expected(CloudUser user, ListedAccount[] listed)
    {
        user.Anchor!.TryGetGuid(out var anchor);

        return new()
        {
            AnchorHolders = [.. listed.Where(l => Holds(l.Account))],
            DriftedAccounts =
            [
                .. listed.Where(l => !Holds(l.Account)
                    && (l.Account.ObjectGuid.ToString() == user.OnPremises.ObjectIdentifier
                        || Same(l.Account.Sid, user.OnPremises.SecurityIdentifier))),
            ],
            Partners = [.. listed.Where(l => !l.Account.Deleted && IsPartner(l.Account))],
            SecondaryAddressHolders =
            [
                .. listed.Where(l => !l.Account.Deleted && !IsPartner(l.Account)
                    && l.Account.ProxyAddresses.Skip(1).Any(
                        a => Same(a[5..], user.UserPrincipalName) || Same(a[5..], user.PrimarySmtpAddress))),
            ],
        };

        bool Holds(DirectoryAccount account) =>
            account.ObjectGuid == anchor || account.ConsistencyGuid == anchor || account.CustomAnchor == user.Anchor!.Value;

        bool IsPartner(DirectoryAccount account) =>
            Same(account.UserPrincipalName, user.UserPrincipalName) || Same(account.PrimarySmtpAddress, user.PrimarySmtpAddress);

        static bool Same(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }

    private static InventoryEvidence Evidence(CloudUser[] users, ListedAccount[] accounts, CloudUser user)
    {
        var join = new InventoryJoin(users);

        foreach (var (collector, account) in accounts)
        {
            join.Add(collector, account);
        }

        return join.EvidenceFor(user.Id);
    }

    private static bool Same(InventoryEvidence one, InventoryEvidence other) =>
        Same(one.AnchorHolders, other.AnchorHolders)
        && Same(one.DriftedAccounts, other.DriftedAccounts)
        && Same(one.Partners, other.Partners)
        && Same(one.SecondaryAddressHolders, other.SecondaryAddressHolders);

    // By reference: a generated account stays the same object in every order.
    private static bool Same(IReadOnlyList<ListedAccount> one, IReadOnlyList<ListedAccount> other) =>
        one.Count == other.Count && one.All(l => other.Any(o => ReferenceEquals(o.Account, l.Account)));

    private static void Holds(Func<(CloudUser[] Users, ListedAccount[] Accounts, ListedAccount[] Shuffled), bool> property) =>
        Prop.ForAll(Joins.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
