using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>Whether the name that the user signs in with allows a clear.</summary>
internal static class SignInRules
{
    /// <summary>A federated user's anchor is its sign-in key; a mismatch is AADSTS51004 (Learn, "Design concepts").</summary>
    public static RuleVerdict FederatedDomain(ClassificationCase c) =>
        Given(c.TenantFacts.FederatedByDomain, "Domains", domains =>
            !domains.TryGetValue(c.User.UpnDomain.ToLowerInvariant(), out var federated)
                ? Unknown($"{c.User.UpnDomain} is not among the tenant's domains.")
            : federated
                ? Fail(Classification.FederatedDomain, $"{c.User.UpnDomain} is federated: the anchor is the user's sign-in key.")
            : Pass($"{c.User.UpnDomain} is a managed domain."));

    private static readonly string[] CloudOnlySuffixes = [".onmicrosoft.com", ".onmicrosoft.us", ".partner.onmschina.cn"];

    /// <summary>
    /// An on-premises account cannot have an onmicrosoft.com name, or that of a national cloud, so only the address could match (Learn, "Plan and troubleshoot
    /// User Principal Name changes").
    /// </summary>
    public static RuleVerdict CloudOnlyName(ClassificationCase c) =>
        CloudOnlySuffixes.Any(suffix => c.User.UpnDomain.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            ? Fail(Classification.NeedsReview, "The user signs in with an onmicrosoft.com name, which a match would replace: a person has to look.")
            : Pass("The user signs in with a name of the company's own domain.");
}
