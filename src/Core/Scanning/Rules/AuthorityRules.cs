using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>Where the user is mastered, and where it was.</summary>
internal static class AuthorityRules
{
    /// <summary>
    /// Clearing would turn a converted user into a cloud-native one and break the way back (Learn, "Configure User Source of
    /// Authority").
    /// </summary>
    public static RuleVerdict CloudManaged(ClassificationCase c) =>
        Given(c.UserFacts.IsCloudManaged, "Source of authority", isCloudManaged => isCloudManaged
            ? Fail(Classification.CloudManaged, "The user was converted to cloud-managed on purpose; the anchor is the way back to AD.")
            : Pass("The user was not converted to cloud-managed."));

    /// <summary>A user given back to AD keeps its anchor until sync takes it (Learn, "Audit and monitor Source of Authority").</summary>
    public static RuleVerdict AuthorityReverted(ClassificationCase c) =>
        Given(c.UserFacts.IsCloudManaged, "Source of authority", isCloudManaged => c.WasCloudManaged && !isCloudManaged
            ? Fail(Classification.AuthorityReverted, "An earlier scan saw this user cloud-managed: it was given back to AD and sync will take it.")
            : Pass("No earlier scan saw this user cloud-managed."));

    /// <summary>The audit log shows it also where no scan ever saw the user cloud-managed (Learn, "Audit and monitor Source of Authority").</summary>
    public static RuleVerdict GivenBackToAd(ClassificationCase c) =>
        Given(c.TenantFacts.GivenBackToAd, "The directory's audit log", givenBack => givenBack.Contains(c.User.Id)
            ? Fail(Classification.AuthorityReverted, "The audit log says that this user was given back to AD; sync will take it.")
            : Pass("The audit log names no return of this user to AD."));

    /// <summary>
    /// Soft match is said to need a sync state of null, not false, and to be unsupported for restored users; Microsoft's pages and its
    /// support disagree, so it is never assumed.
    /// </summary>
    public static RuleVerdict PreviouslySynced(ClassificationCase c) =>
        c.User.OnPremisesSyncEnabled is not false ? Pass("The user is not one that was synced, deleted and restored.")
        : c.Tenant.Policy.IncludePreviouslySynced ? Pass("The user was synced, deleted and restored; the tenant's policy includes such users.")
        : Fail(Classification.NeedsReview, "The user was synced, deleted and restored. Whether sync would match it after a clear is not certain.");
}
