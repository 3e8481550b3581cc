using FsCheck;
using FsCheck.Fluent;
using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

/// <summary>A user's class does not depend on what it is read or judged together with.</summary>
public sealed class ScanOrderProperties
{
    private const int Tenants = 150;
    private const int Users = 6;
    private const int Accounts = 5;

    private static readonly Guid[] Guids = [.. Enumerable.Range(1, 3 * Users).Select(i => new Guid(i, 0, 0, new byte[8]))];
    private static readonly string[] Names = [.. Enumerable.Range(1, Users + 2).Select(i => $"u{i}@corp.example")];

    private static readonly Gen<(CloudUser[] Users, DirectoryAccount[] Accounts)> Directories =
        from anchors in Gen.Shuffle(Guids)
        from names in Gen.Shuffle(Names)
        from addresses in Gen.Shuffle(Names)
        from accountNames in Gen.Shuffle(Names)
        from accountAddresses in Gen.Shuffle(Names)
        from sameName in Gen.Elements(true, true, true, false).ArrayOf(Users)
        select (
            Enumerable.Range(0, Users).Select(i => Samples.Ann with
            {
                Id = new Guid(i + 1, 1, 1, new byte[8]),
                UserPrincipalName = names[i],
                Mail = null,
                ProxyAddresses = [$"SMTP:{(sameName[i] ? names[i] : addresses[i])}"],
                Anchor = SourceAnchor.FromGuid(anchors[i]),
                OnPremises = new(),
            }).ToArray(),
            Enumerable.Range(0, Accounts).Select(i => Samples.AnnsAccount with
            {
                ObjectGuid = anchors[(2 * Users) - 1 - i],
                ConsistencyGuid = i == 0 ? anchors[0] : null,
                Sid = null,
                Mail = null,
                UserPrincipalName = accountNames[i],
                ProxyAddresses = [$"SMTP:{(sameName[i] ? accountNames[i] : accountAddresses[i])}"],
            }).ToArray());

    [Fact]
    public async Task Scan_UsersPagesAndAccountsInAnyOrder_GivesEveryUserTheSameClass()
    {
        var seen = new List<Classification>();

        foreach (var (users, accounts) in Directories.Sample(Tenants))
        {
            var whole = await ClassesAsync(users, accounts, pageSize: 999, batchSize: 2000);
            var apart = await ClassesAsync(Renumbered(users), [.. accounts.Reverse()], pageSize: 1, batchSize: 1);
            var mixed = await ClassesAsync(Renumbered(users), accounts, pageSize: 2, batchSize: 3);

            Assert.Equal(whole, apart);
            Assert.Equal(whole, mixed);
            seen.AddRange(whole.Values);
        }

        // Both sides of the question came up often, so the comparison says something.
        Assert.InRange(seen.Count(c => c is Classification.Candidate), seen.Count / 10, seen.Count);
        Assert.InRange(seen.Count(c => c is Classification.AmbiguousPartner), seen.Count / 20, seen.Count);
    }

    /// <summary>The directory gives users out in the order of their ids.</summary>
    private static CloudUser[] Renumbered(CloudUser[] users) => [.. users.Select((u, i) => u with { Id = users[Users - 1 - i].Id })];

    private static async Task<SortedDictionary<string, Classification>> ClassesAsync(
        CloudUser[] users, DirectoryAccount[] accounts, int pageSize, int batchSize)
    {
        using var world = new World();
        world.Directory.PageSize = pageSize;
        world.Scanning.BatchSize = batchSize;
        await world.RegisterAsync();
        await world.UploadAsync(accounts);
        world.Directory.Put(world.Tenant.Id, users);

        var scan = await world.ScanAsync();
        var found = await world.Findings.ListAsync(scan, null, Users, null, World.Cancellation);

        Assert.Equal(Users, found.Items.Count);
        return new(found.Items.ToDictionary(f => f.User.UserPrincipalName, f => f.Classification));
    }
}
