namespace Reanchor.Preflight;

/// <summary>
/// The permissions that Reanchor asks for: the least that Graph's reference names for each request. docs/permissions.md is compared with
/// this table.
/// </summary>
public static class DirectoryPermissions
{
    public const string UserRead = "User.Read.All";
    public const string OrganizationRead = "Organization.Read.All";
    public const string DomainRead = "Domain.Read.All";
    public const string RoleRead = "RoleManagement.Read.Directory";
    public const string GroupMemberRead = "GroupMember.Read.All";
    public const string GroupEligibilityRead = "PrivilegedEligibilitySchedule.Read.AzureADGroup";
    public const string SyncFeaturesRead = "OnPremDirectorySynchronization.Read.All";
    public const string SyncBehavior = "User-OnPremisesSyncBehavior.ReadWrite.All";
    public const string MailboxSettingsRead = "MailboxSettings.Read";
    public const string AuditLogRead = "AuditLog.Read.All";
    public const string OrgContactRead = "OrgContact.Read.All";
    public const string ApplicationRead = "Application.Read.All";
    public const string UserWrite = "User.ReadWrite.All";
    public const string SynchronizationWrite = "Synchronization.ReadWrite.All";

    private const string NoCandidates = "nobody is proposed: ";

    public static IReadOnlyList<DirectoryPermission> All { get; } =
    [
        new(UserRead, "finding leftover anchors, deleted users and duplicates in quarantine", "nothing can be scanned: a scan ends failed")
        {
            Readings = e => [e.Facts.UserCount, e.Facts.Duplicates, e.Facts.SoftDeletedHolders],
        },
        new(OrganizationRead, "knowing whether directory sync runs", "scans only report: the state of sync is unknown")
        {
            Readings = e => [e.Facts.Sync],
        },
        new(DomainRead, "telling federated domains from managed ones", NoCandidates + "federation is unknown")
        {
            Readings = e => [e.Facts.FederatedByDomain],
        },
        new(RoleRead, "finding who holds a directory role or may activate one", NoCandidates + "admins are unknown")
        {
            Readings = e => [e.Facts.ActiveRoles, e.Facts.EligibleRoles],
        },
        new(GroupMemberRead, "finding who is in a role-assignable or a protected group", NoCandidates + "admins and protected users are unknown")
        {
            Readings = e => [e.Facts.RoleAssignableGroupPrincipals, e.Facts.ProtectedGroupMembers],
        },
        new(GroupEligibilityRead, "finding who may join a role-assignable group",
            NoCandidates + "admins are unknown; not missed in a tenant without role-assignable groups")
        {
            // Without such groups Graph is not asked, so an empty answer proves nothing.
            Readings = e => e.Facts.EligibleGroupPrincipals is { IsKnown: true, Value.Count: 0 } ? [] : [e.Facts.EligibleGroupPrincipals],
        },
        new(SyncFeaturesRead, "knowing whether the tenant blocks soft match", NoCandidates + "what the next sync does is unknown")
        {
            Readings = e => [e.Facts.Features],
        },
        new(SyncBehavior, "telling users whose source of authority is the cloud, for which Graph has no permission that only reads; and the second clear",
            NoCandidates + "the source of authority is unknown")
        {
            Uses = [DirectoryUse.Read, DirectoryUse.Write],
            Readings = e => e.Access.AnyUser is { } user ? [user.IsCloudManaged] : [],
        },
        new(MailboxSettingsRead, "telling people from shared, room and equipment mailboxes", NoCandidates + "the kind of mailbox is unknown")
        {
            Readings = e => e.Access.AnyUser is { } user ? [user.MailboxPurpose] : [],
        },
        new(AuditLogRead, "finding users that were given back from the cloud to AD", NoCandidates + "whether sync is about to take a user is unknown")
        {
            Readings = e => [e.Facts.GivenBackToAd],
        },
        new(OrgContactRead, "finding a contact that owns a user's address, for a diagnosis", "a diagnosis cannot tell whether a contact is in the way; optional"),
        new(ApplicationRead, "this self-check", "the self-check tells from what it could read, and not about writing; optional")
        {
            Readings = e => [e.Access.Granted],
        },
        new(UserWrite, "clearing an anchor and restoring it", "scans and proposals work; every clear and every restore is refused")
        {
            Uses = [DirectoryUse.Write],
        },
        new(SynchronizationWrite, $"having Cloud Sync take up an account right after its clear; {ApplicationRead} finds the job",
            "a match waits for the next sync; optional, and of no use with Connect Sync")
        {
            Uses = [DirectoryUse.Write],
        },
    ];
}
