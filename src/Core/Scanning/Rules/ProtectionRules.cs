using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>Users that someone has set apart, in Reanchor's policy or in Entra.</summary>
internal static class ProtectionRules
{
    /// <summary>Break-glass accounts must not depend on anything (Learn, "Manage emergency access accounts").</summary>
    public static RuleVerdict ProtectedUser(ClassificationCase c) => c.Tenant.Policy.ProtectedUserIds.Contains(c.User.Id)
        ? Fail(Classification.Protected, "The tenant's policy protects this user.")
        : Pass("The tenant's policy does not protect this user.");

    public static RuleVerdict ProtectedGroup(ClassificationCase c) =>
        Given(c.TenantFacts.ProtectedGroupMembers, "Members of protected groups", members => members.Contains(c.User.Id)
            ? Fail(Classification.Protected, "The user is in a group that the tenant's policy protects.")
            : Pass("The user is in no group that the tenant's policy protects."));

    /// <summary>Somebody answers for leaving this user alone until a certain day.</summary>
    public static RuleVerdict ExceptedUser(ClassificationCase c) => c.Exception is { } exception
        ? Fail(
            Classification.Protected,
            $"An exception holds until {TimeText.Of(exception.ExpiresAt)}. Owner: {exception.Owner}. Reason: {exception.Reason}")
        : Pass("No exception is in force for this user.");

    /// <summary>Only administrators of the unit may change its members (Learn, "Restricted management administrative units").</summary>
    public static RuleVerdict RestrictedUnit(ClassificationCase c) => c.User.IsManagementRestricted is true
        ? Fail(Classification.Protected, "The user is in a restricted management administrative unit.")
        : Pass("The user is in no restricted management administrative unit.");
}
