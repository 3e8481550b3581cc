using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Queueing;

/// <summary>A scan, six clears, three verifications and three restores; and the same with every message twice and in any order.</summary>
public sealed class RedeliveryTests
{
    private const int Seeds = 60;

    private static readonly IReadOnlyList<CloudUser> Users = [.. Enumerable.Range(1, 6).Select(n => Samples.Ann with
    {
        Id = new(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        UserPrincipalName = $"user{n}@corp.example",
        Mail = $"user{n}@corp.example",
        ProxyAddresses = [$"SMTP:user{n}@corp.example"],
        Anchor = SourceAnchor.FromGuid(new(n, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9)),
    })];

    [Fact]
    public async Task Messages_EachTwiceAndInAnyOrder_EndAsOnceAndInOrder()
    {
        var inOrder = await PlayAsync(null);
        Assert.Equal(Users.Count, inOrder.Count(line => line.Contains("ClearStarted,AnchorCleared", StringComparison.Ordinal)));

        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                Assert.Equal(inOrder, await PlayAsync(new Random(seed)));
            }
            catch (Exception ex)
            {
                throw new InvalidOperationException($"With the seed {seed}: {ex.Message}", ex);
            }
        }
    }

    /// <returns>What is left in the end, a line for each user and one for the scan.</returns>
    private static async Task<IReadOnlyList<string>> PlayAsync(Random? disorder)
    {
        using var world = new World();
        await world.RegisterAsync();
        await world.UploadAsync([.. Users.Select(Account)]);
        world.Directory.Put(world.Tenant.Id, [.. Users]);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Get<RequestScanHandler>().HandleAsync(new(world.Tenant.Id, null, Samples.Olga, null), World.Cancellation);
        var deliveries = new Deliveries(world, disorder);

        while (await deliveries.DeliverOneAsync())
        {
            Assert.True(deliveries.Count < 5_000, "The messages do not come to an end.");

            foreach (var user in Users)
            {
                // People and the sync take their time, so that the users are at different steps.
                if (disorder is null || disorder.Next(5) == 0)
                {
                    await ActAsync(world, user);
                }
            }
        }

        return [await ScanLineAsync(world), .. Users.Select(user => Line(world, user))];
    }

    private static async Task ActAsync(World world, CloudUser user)
    {
        var found = await world.Proposals.FindLatestAsync(world.Tenant.Id, user.Id, World.Cancellation);

        switch (found?.Item)
        {
            case { Status: ProposalStatus.Pending } pending:
                await world.DecideAsync(pending, approve: true);
                break;

            case { Status: ProposalStatus.Cleared } cleared when IsToBeRestored(user):
                await world.Get<RequestRestoreHandler>().HandleAsync(
                    new(cleared.Tenant, cleared.Id, "wrong person", Samples.Anton), World.Cancellation);
                break;

            case { Status: ProposalStatus.Cleared } cleared:
                world.Directory.Put(world.Tenant.Id, user with { OnPremisesSyncEnabled = true, Anchor = cleared.Evidence.ExpectedAnchor });
                break;
        }
    }

    private static async Task<string> ScanLineAsync(World world)
    {
        var scans = await world.Scans.ListAsync(world.Tenant.Id, 10, null, World.Cancellation);
        return string.Join(" ", scans.Items.Select(s => s.Status)) + Told(world, null);
    }

    private static string Line(World world, CloudUser user)
    {
        var proposals = world.Proposals.ListAsync(world.Tenant.Id, null, 100, null, World.Cancellation).Result.Items.Where(p => p.UserId == user.Id);
        var writes = world.Directory.Writes.Where(w => w.UserId == user.Id).Select(w => w.Anchor?.Value ?? "null");
        return $"{user.UserPrincipalName} {string.Join(",", proposals.Select(p => p.Status))} "
            + $"{world.Directory.User(world.Tenant.Id, user.Id).Anchor} {string.Join(",", writes)}{Told(world, user.Id)}";
    }

    private static string Told(World world, Guid? user) =>
        $" [{string.Join(",", world.Audit.Entries.Where(e => e.UserId == user && e.Type.Contains("Inventory", StringComparison.Ordinal) is false).Select(e => e.Type))}]";

    private static bool IsToBeRestored(CloudUser user) => user.Id.ToByteArray()[0] % 2 == 0;

    private static DirectoryAccount Account(CloudUser user) => Samples.AnnsAccount with
    {
        ObjectGuid = new(BitConverter.ToInt32(user.Id.ToByteArray()), 5, 5, 5, 5, 5, 5, 5, 5, 5, 5),
        Sid = $"S-1-5-21-1-2-3-{2000 + user.Id.ToByteArray()[0]}",
        UserPrincipalName = user.UserPrincipalName,
        Mail = user.Mail,
        ProxyAddresses = user.ProxyAddresses,
        SamAccountName = user.UserPrincipalName.Split('@')[0],
    };
}
