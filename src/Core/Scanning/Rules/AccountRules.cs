using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>Users that no on-premises account stands for.</summary>
internal static class AccountRules
{
    /// <summary>A guest signs in elsewhere (Learn, "Properties of a B2B collaboration user").</summary>
    public static RuleVerdict Guest(ClassificationCase c) =>
        string.Equals(c.User.UserType, "Guest", StringComparison.OrdinalIgnoreCase)
        || c.User.UserPrincipalName.Contains("#EXT#", StringComparison.OrdinalIgnoreCase)
        || c.User.ExternalUserState is not null
            ? Fail(Classification.Guest, "The user is external.")
            : Pass("The user is no guest.");

    /// <summary>The sync clients' own accounts have fixed names and one role (Learn, "Accounts and permissions").</summary>
    public static RuleVerdict SyncAccount(ClassificationCase c)
    {
        if (c.User.UserPrincipalName.StartsWith("Sync_", StringComparison.OrdinalIgnoreCase)
            || c.User.UserPrincipalName.StartsWith("ADToAADSyncServiceAccount", StringComparison.OrdinalIgnoreCase))
        {
            return Fail(Classification.SyncAccount, "The name is one of an account of the directory synchronisation.");
        }

        return Given(c.TenantFacts.ActiveRoles, "Directory roles", roles =>
            roles.GetValueOrDefault(c.User.Id) == WellKnownRoles.DirectorySynchronizationAccounts
                ? Fail(Classification.SyncAccount, "The user holds the role of the directory synchronisation's accounts.")
                : Pass("This is no account of the directory synchronisation."));
    }
}
