using Reanchor.Preflight;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Preflight;

/// <summary>A preflight as callers see it.</summary>
public sealed record PreflightView
{
    public required TenantId TenantId { get; init; }

    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>Whether a scan in the tenant's mode could propose anybody now.</summary>
    public required bool WouldPropose { get; init; }

    /// <summary>Why not; empty when it would.</summary>
    public required IReadOnlyList<string> Because { get; init; }

    public required ReadingView<OrganisationSync?> Sync { get; init; }

    public required ReadingView<IReadOnlyList<DomainView>?> Domains { get; init; }

    public required ReadingView<SyncFeatures?> Features { get; init; }

    public required ReadingView<IReadOnlyList<SyncAccount>?> SyncAccounts { get; init; }

    public required ReadingView<int?> Users { get; init; }

    /// <summary>Users, groups and applications.</summary>
    public required ReadingView<int?> ActiveRolePrincipals { get; init; }

    public required ReadingView<int?> EligibleRolePrincipals { get; init; }

    public required ReadingView<int?> RoleAssignableGroupPrincipals { get; init; }

    public required ReadingView<int?> EligibleGroupPrincipals { get; init; }

    public required ReadingView<int?> ProtectedGroupMembers { get; init; }

    public required ReadingView<int?> GivenBackToAd { get; init; }

    public required ReadingView<int?> SoftDeletedHolders { get; init; }

    public required ReadingView<int?> QuarantinedDuplicates { get; init; }

    public required IReadOnlyList<PermissionView> Permissions { get; init; }

    public static PreflightView Of(PreflightReport report) => new()
    {
        TenantId = report.Tenant.Id,
        CheckedAt = report.CheckedAt,
        WouldPropose = report.Obstacles.Count == 0,
        Because = report.Obstacles,
        Sync = ReadingView.Of(report.Facts.Sync, sync => sync),
        Domains = ReadingView.Of<IReadOnlyDictionary<string, bool>, IReadOnlyList<DomainView>>(
            report.Facts.FederatedByDomain, domains => [.. domains.Select(d => new DomainView(d.Key, d.Value))]),
        Features = ReadingView.Of(report.Facts.Features, features => features),
        SyncAccounts = ReadingView.Of(report.SyncAccounts, accounts => accounts),
        Users = ReadingView.Count(report.Facts.UserCount, count => count),
        ActiveRolePrincipals = ReadingView.Count(report.Facts.ActiveRoles, roles => roles.Count),
        EligibleRolePrincipals = ReadingView.Count(report.Facts.EligibleRoles, roles => roles.Count),
        RoleAssignableGroupPrincipals = ReadingView.Count(report.Facts.RoleAssignableGroupPrincipals, principals => principals.Count),
        EligibleGroupPrincipals = ReadingView.Count(report.Facts.EligibleGroupPrincipals, principals => principals.Count),
        ProtectedGroupMembers = ReadingView.Count(report.Facts.ProtectedGroupMembers, members => members.Count),
        GivenBackToAd = ReadingView.Count(report.Facts.GivenBackToAd, users => users.Count),
        SoftDeletedHolders = ReadingView.Count(report.Facts.SoftDeletedHolders, holders => holders.Sum(h => h.Count())),
        QuarantinedDuplicates = ReadingView.Count(report.Facts.Duplicates, duplicates => duplicates.Count),
        Permissions = [.. report.Permissions.Select(PermissionView.Of)],
    };
}
