using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>
/// Soft match to role holders is refused ("Existing Admin Role Conflict": Learn, "Troubleshoot errors during synchronization"), and
/// their anchor is a sensitive property that only the highest roles may write (Learn, "Working with users").
/// </summary>
internal static class PrivilegeRules
{
    public static RuleVerdict ActiveRole(ClassificationCase c) =>
        Given(c.TenantFacts.ActiveRoles, "Directory roles", roles => roles.ContainsKey(c.User.Id)
            ? Fail(Classification.Privileged, "The user holds a directory role.")
            : Pass("The user holds no directory role."));

    /// <summary>Since July 2026 a user that is only eligible blocks a match as well (Learn, "When you already have Microsoft Entra ID").</summary>
    public static RuleVerdict EligibleRole(ClassificationCase c) =>
        Given(c.TenantFacts.EligibleRoles, "Eligible directory roles", roles => roles.ContainsKey(c.User.Id)
            ? Fail(Classification.Privileged, "The user may activate a directory role.")
            : Pass("The user may activate no directory role."));

    public static RuleVerdict RoleAssignableGroup(ClassificationCase c) =>
        Given(c.TenantFacts.RoleAssignableGroupPrincipals, "Role-assignable groups", principals => principals.Contains(c.User.Id)
            ? Fail(Classification.Privileged, "The user is a member or owner of a group that directory roles can be assigned to.")
            : Pass("The user is in no group that directory roles can be assigned to."));

    public static RuleVerdict EligibleForGroup(ClassificationCase c) =>
        Given(c.TenantFacts.EligibleGroupPrincipals, "Eligible members of role-assignable groups", principals => principals.Contains(c.User.Id)
            ? Fail(Classification.Privileged, "The user may become a member or owner of a group that directory roles can be assigned to.")
            : Pass("The user may join no group that directory roles can be assigned to."));
}
