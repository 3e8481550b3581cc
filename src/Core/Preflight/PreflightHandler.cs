using Reanchor.Access;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Preflight;

/// <summary>Reads what a scan would start from, without scanning, and which permissions it has for it.</summary>
public sealed class PreflightHandler(
    ITenantStore tenants, IInventoryStore inventories, IDirectoryReader directory, TimeProvider clock)
{
    /// <returns><see langword="null"/> when there is no such tenant.</returns>
    /// <exception cref="DirectoryUnavailableException">The directory could not be reached.</exception>
    public async Task<PreflightReport?> HandleAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        if ((await tenants.FindAsync(tenantId, cancellationToken))?.Item is not { } tenant)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var records = (await inventories.ListAsync(tenant.Id, cancellationToken)).Select(r => r.Item).ToList();
        var evidence = new PermissionEvidence(
            await directory.ReadTenantFactsAsync(tenant, cancellationToken), await directory.ReadAccessAsync(tenant, cancellationToken));

        return new()
        {
            Tenant = tenant,
            CheckedAt = now,
            Facts = evidence.Facts,
            SyncAccounts = await ReadSyncAccountsAsync(tenant, evidence.Facts, cancellationToken),
            Obstacles = [.. Obstacles(tenant, evidence, InventoryCoverage.Of(tenant, records, now), now).Distinct()],
            Permissions = [.. DirectoryPermissions.All.Select(p => PermissionCheck.Of(p, p.Uses[0], evidence))],
        };
    }

    private async Task<Reading<IReadOnlyList<SyncAccount>>> ReadSyncAccountsAsync(
        Tenant tenant, TenantFacts facts, CancellationToken cancellationToken)
    {
        if (!facts.ActiveRoles.IsKnown)
        {
            return Reading.UnknownLike<IReadOnlyList<SyncAccount>>(facts.ActiveRoles);
        }

        var accounts = new List<SyncAccount>();

        foreach (var (id, role) in facts.ActiveRoles.Value)
        {
            if (role == WellKnownRoles.DirectorySynchronizationAccounts)
            {
                // Where users cannot be counted they cannot be read either.
                var user = facts.UserCount.IsKnown ? await directory.FindUserAsync(tenant, id, cancellationToken) : null;
                accounts.Add(new(id, user?.UserPrincipalName));
            }
        }

        return Reading.Known<IReadOnlyList<SyncAccount>>(accounts);
    }

    private static IEnumerable<string> Obstacles(
        Tenant tenant, PermissionEvidence evidence, InventoryCoverage coverage, DateTimeOffset now)
    {
        var facts = evidence.Facts;

        if (!tenant.Enabled)
        {
            yield return "The tenant is disabled, so it is not scanned. An administrator can enable it.";
        }

        var scan = new Scan
        {
            Id = ScanId.At(now),
            Tenant = tenant.Id,
            Mode = tenant.Mode,
            RequestedBy = Actor.System,
            QueuedAt = now,
            ProgressAt = now,
        };

        if (ScanLimits.ReportOnlyReason(tenant, scan, facts, now) is { } reportOnly)
        {
            yield return reportOnly;
        }

        foreach (var gap in coverage.Gaps)
        {
            yield return gap;
        }

        // The rules of classification take any of these, unread, for a reason against every user.
        (string What, IReading? Reading)[] needed =
        [
            ("Users", facts.UserCount), ("Deleted users", facts.SoftDeletedHolders), ("Duplicates in quarantine", facts.Duplicates),
            ("Domains", facts.FederatedByDomain), ("Directory roles", facts.ActiveRoles), ("Eligible directory roles", facts.EligibleRoles),
            ("Role-assignable groups", facts.RoleAssignableGroupPrincipals), ("Who may join them", facts.EligibleGroupPrincipals),
            ("Protected groups", facts.ProtectedGroupMembers), ("The audit log", facts.GivenBackToAd), ("Sync features", facts.Features),
            ("Source of authority", evidence.Access.AnyUser?.IsCloudManaged), ("The kind of mailbox", evidence.Access.AnyUser?.MailboxPurpose),
        ];

        foreach (var (what, reading) in needed)
        {
            if (reading is { IsKnown: false })
            {
                yield return $"{what} could not be read: {reading.UnknownBecause}";
            }
        }

        if (facts.Features is { IsKnown: true, Value.SoftMatchBlocked: true })
        {
            yield return "The tenant blocks soft match (blockSoftMatchEnabled): after a clear, sync would make a second user.";
        }
    }
}
