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
            Prediction = Predict(subject, classification, partner),
            Warnings = [.. MatchWarnings.Of(subject, partner)],
        };
    }

    private static Partner PartnerOf(ListedAccount partner, CloudUser user) => new(
        partner.Collector,
        partner.Account.ObjectGuid,
        partner.Account.UserPrincipalName,
        partner.Account.SamAccountName,
        PartnerMatch.MatchedBy(user, partner.Account))
    {
        DistinguishedName = partner.Account.DistinguishedName,
    };

    /// <summary>What the next sync does after a clear. Where sources disagree, or nothing is there to match, it is not foretold.</summary>
    private static Prediction Predict(ClassificationCase subject, Classification classification, ListedAccount? partner) =>
        subject.TenantFacts.Features is { IsKnown: true, Value.SoftMatchBlocked: true } ? Prediction.Duplicate
        : classification switch
        {
            Classification.Candidate when partner is null || subject.User.OnPremisesSyncEnabled is false
                || subject.User.OnPremises.IdentifyAnotherThan(partner.Account.ObjectGuid) => Prediction.Unknown,
            Classification.Candidate => Prediction.SoftMatch,
            Classification.Privileged or Classification.DuplicateInQuarantine => Prediction.Refused,
            _ => Prediction.Unknown,
        };
}
