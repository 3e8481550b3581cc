using Reanchor.Scanning.Rules;

namespace Reanchor.Scanning;

/// <summary>Says whether a user's anchor is left over and what a clear would lead to. Reads no clock and calls nothing.</summary>
public static class CandidateClassifier
{
    public static Assessment Classify(ClassificationCase subject)
    {
        // Rules that fail for one and the same reason, such as an inventory that is missing, say it once.
        var failed = ClassificationRules.InOrder
            .Select(rule => (rule.Name, Verdict: rule.Judge(subject)))
            .Where(judged => judged.Verdict.Outcome is not RuleOutcome.Pass)
            .Select(judged => new FailedCheck(judged.Verdict.Classification!.Value, judged.Verdict.Seen, judged.Name))
            .DistinctBy(check => check.Reason)
            .OrderBy(check => check.Classification)
            .ToList();

        // Enum order puts EvidenceInsufficient after every definite class, so what is known is said first.
        var classification = failed is [var first, ..] ? first.Classification : Classification.Candidate;
        var partner = subject.Inventory is { IsKnown: true, Value.Partners: [var only] } ? only : null;

        return new()
        {
            Classification = classification,
            FailedChecks = failed,
            Partner = partner is null ? null : PartnerOf(partner, subject.User),
            ExpectedAnchor = partner?.Account.ExpectedAnchor(subject.Tenant.AnchorAttribute),
            Prediction = Predict(subject, classification),
            Warnings = subject.Inventory.IsKnown ? [.. Warnings(subject.User, partner, subject.Inventory.Value)] : [],
        };
    }

    private static Partner PartnerOf(ListedAccount partner, CloudUser user) => new(
        partner.Collector,
        partner.Account.ObjectGuid,
        partner.Account.UserPrincipalName,
        partner.Account.SamAccountName,
        PartnerMatch.MatchedBy(user, partner.Account));

    private static Prediction Predict(ClassificationCase subject, Classification classification) =>
        subject.TenantFacts.Features is { IsKnown: true, Value.SoftMatchBlocked: true } ? Prediction.Duplicate
        : classification switch
        {
            Classification.Candidate => Prediction.SoftMatch,
            Classification.Privileged or Classification.DuplicateInQuarantine => Prediction.Refused,
            _ => Prediction.Unknown,
        };

    private static IEnumerable<string> Warnings(CloudUser user, ListedAccount? partner, InventoryEvidence evidence)
    {
        // Once an account is known to hold the anchor, nothing rests on who else may.
        foreach (var doubt in evidence.AnchorHolders.Count == 0 ? evidence.Doubts : [])
        {
            yield return doubt;
        }

        if (partner is null)
        {
            yield break;
        }

        var account = partner.Account;

        if (account.Enabled is false)
        {
            yield return "The on-premises account is disabled: after the match the user can no longer sign in.";
        }
        else if (account.Enabled is null)
        {
            yield return "The inventory does not say whether the on-premises account is enabled.";
        }

        if (!string.Equals(account.UserPrincipalName, user.UserPrincipalName, StringComparison.OrdinalIgnoreCase))
        {
            yield return account.UserPrincipalName is null
                ? "The on-premises account has no user principal name: sync will make one up, and the sign-in name changes."
                : $"The sign-in name changes to {account.UserPrincipalName}.";
        }

        var lost = user.ProxyAddresses
            .Except(account.ProxyAddresses, StringComparer.OrdinalIgnoreCase)
            .Count(address => address.StartsWith("smtp:", StringComparison.Ordinal));

        if (lost > 0)
        {
            yield return $"{lost} secondary address{(lost == 1 ? "" : "es")} of the cloud user will be lost: AD does not list {(lost == 1 ? "it" : "them")}.";
        }

        if (user.OnPremises.ObjectIdentifier is not null)
        {
            yield return "The user carries onPremisesObjectIdentifier, which cannot be written back once it changes.";
        }

        foreach (var holder in evidence.SecondaryAddressHolders)
        {
            yield return $"{holder.Name} has the user's name or address as a secondary address, which sync may report as a conflict.";
        }

        yield return "After the match AD overwrites the user's attributes, and password hash sync its password.";
    }
}
