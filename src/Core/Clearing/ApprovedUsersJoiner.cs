using System.Collections.Concurrent;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>
/// Joins a user that is about to be cleared together with all others that wait for it, and keeps the join for them: a thousand
/// approvals read an inventory once. An inventory of one version never changes, so the join of it does not age.
/// </summary>
public sealed class ApprovedUsersJoiner(InventoryJoiner joiner, IProposalStore proposals, IFindingStore findings) : IInventoryJoiner
{
    private const int PageSize = 1000;
    private const int MaxUsers = 20_000;

    private readonly ConcurrentDictionary<TenantId, Slot> _slots = new();

    public async Task<Reading<InventoryJoin>> JoinAsync(
        Tenant tenant, InventoryCoverage coverage, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(tenant.Id, _ => new());
        await slot.OneAtATime.WaitAsync(cancellationToken);

        try
        {
            var versions = string.Join('|', coverage.InForce.Select(r => $"{r.Collector}:{r.Version}"));

            if (coverage.IsComplete && slot.Join is { } kept && slot.Versions == versions && users.All(slot.Covers))
            {
                return Reading.Known(kept);
            }

            var all = users.Concat(await ReadApprovedAsync(tenant.Id, cancellationToken)).DistinctBy(u => u.Id).ToList();
            var join = await joiner.JoinAsync(tenant, coverage, all, cancellationToken);
            (slot.Join, slot.Versions) = (join.IsKnown ? join.Value : null, versions);
            slot.Users = all.ToDictionary(u => u.Id);
            return join;
        }
        finally
        {
            slot.OneAtATime.Release();
        }
    }

    /// <summary>As the scan saw them. One that has changed since is joined anew when it is its turn.</summary>
    private async Task<IReadOnlyList<CloudUser>> ReadApprovedAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        string? next = null;

        do
        {
            var page = await proposals.ListAsync(tenant, ProposalStatus.Approved, PageSize, next, cancellationToken);
            ids.AddRange(page.Items.Where(p => p.Kind is ProposalKind.ClearAnchor).Select(p => p.UserId));
            next = page.Next;
        }
        while (next is not null && ids.Count < MaxUsers);

        return [.. (await findings.FindManyAsync(tenant, ids, cancellationToken)).Select(f => f.User)];
    }

    private sealed class Slot
    {
        public SemaphoreSlim OneAtATime { get; } = new(1);

        public InventoryJoin? Join { get; set; }

        public string? Versions { get; set; }

        public Dictionary<Guid, CloudUser> Users { get; set; } = [];

        /// <summary>Joined with the very values that a join looks at.</summary>
        public bool Covers(CloudUser user) =>
            Users.TryGetValue(user.Id, out var joined)
            && joined.Anchor == user.Anchor
            && joined.UserPrincipalName == user.UserPrincipalName
            && joined.PrimarySmtpAddress == user.PrimarySmtpAddress
            && joined.OnPremises.ObjectIdentifier == user.OnPremises.ObjectIdentifier
            && joined.OnPremises.SecurityIdentifier == user.OnPremises.SecurityIdentifier;
    }
}
