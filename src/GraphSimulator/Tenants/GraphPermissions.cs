namespace Reanchor.GraphSimulator;

/// <summary>Application permissions that the simulated routes ask for.</summary>
public static class GraphPermissions
{
    public const string UserReadAll = "User.Read.All";
    public const string UserReadWriteAll = "User.ReadWrite.All";
    public const string DirectoryReadAll = "Directory.Read.All";
    public const string DomainReadAll = "Domain.Read.All";
    public const string OrganizationReadAll = "Organization.Read.All";
    public const string RoleManagementReadDirectory = "RoleManagement.Read.Directory";
    public const string RoleEligibilityReadDirectory = "RoleEligibilitySchedule.Read.Directory";
    public const string GroupReadAll = "Group.Read.All";
    public const string GroupMemberReadAll = "GroupMember.Read.All";
    public const string OrgContactReadAll = "OrgContact.Read.All";
    public const string SynchronizationReadAll = "OnPremDirectorySynchronization.Read.All";
    public const string SyncBehaviorReadWriteAll = "User-OnPremisesSyncBehavior.ReadWrite.All";
    public const string MailboxSettingsRead = "MailboxSettings.Read";
    public const string AuditLogReadAll = "AuditLog.Read.All";
    public const string ApplicationReadAll = "Application.Read.All";
    public const string ProvisioningReadWriteAll = "Synchronization.ReadWrite.All";
    public const string GroupEligibilityRead = "PrivilegedEligibilitySchedule.Read.AzureADGroup";

    /// <summary>What a tenant grants unless a test says otherwise: everything the routes ask for.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        UserReadAll, UserReadWriteAll, DirectoryReadAll, DomainReadAll, OrganizationReadAll, RoleManagementReadDirectory,
        RoleEligibilityReadDirectory, GroupReadAll, GroupMemberReadAll, SynchronizationReadAll, SyncBehaviorReadWriteAll,
        MailboxSettingsRead, AuditLogReadAll, ApplicationReadAll, GroupEligibilityRead, OrgContactReadAll,
        ProvisioningReadWriteAll,
    ];
}
