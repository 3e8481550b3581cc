using System.Text;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Scanning;

/// <summary>docs/classification.md, printed from the table.</summary>
internal static class ClassificationDocument
{
    private const string Head = """
        # What Reanchor says of a user, and why

        A scan gives every user that carries an anchor and is not synced exactly one class. Only a `Candidate` is proposed. Every other
        class is the name of what speaks against a clear. When several checks fail, the user gets the class that comes first on this
        page, and the finding lists all of them.

        Each example is a perfect candidate but for what its first column says. A perfect candidate is an active member of a managed
        domain with a person's mailbox. Nothing in AD or Entra holds its anchor. In AD waits one enabled account with the same user
        principal name and primary address.

        Where such an account waits, there is one more warning than the examples show: after the match AD overwrites the user's
        attributes, and password hash sync its password.

        This page is printed by the tests that the classifier has to pass. To change it, change
        `tests/UnitTests/Scanning/ClassificationTable.cs`.

        """;

    public static string Print()
    {
        var text = new StringBuilder(Head);

        foreach (var classification in Enum.GetValues<Classification>().OrderByDescending(c => c is Classification.Candidate))
        {
            var (means, doThis) = Advice(classification);
            text.Append($"\n## {classification}\n\n{means}\n\n**What to do:** {doThis}\n\n");
            text.Append("| User | Failed checks | Prediction | Warnings |\n|---|---|---|---|\n");

            foreach (var row in ClassificationTable.Rows.Where(r => r.Classification == classification))
            {
                text.Append(Line(row, CandidateClassifier.Classify(row.Case)));
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Line(ClassificationRow row, Assessment assessment)
    {
        var checks = assessment.FailedChecks.Select(c => $"`{c.Check}`: {c.Reason}");
        var warnings = assessment.Warnings.Where(w => !w.StartsWith("After the match AD overwrites", StringComparison.Ordinal));
        return $"| {char.ToUpperInvariant(row.Words[0])}{row.Words[1..]} | {Cell(checks)} | {assessment.Prediction} | {Cell(warnings)} |\n";
    }

    private static string Cell(IEnumerable<string> sentences) => string.Join("<br>", sentences);

    private static (string Means, string DoThis) Advice(Classification classification) => classification switch
    {
        Classification.Candidate => (
            "The anchor is left over, and clearing it lets the next sync match the one right account.",
            "read the warnings, then approve or reject the proposal."),
        Classification.StillSynced => (
            "The user is synced from AD. It became so while the scan ran.",
            "nothing."),
        Classification.AnchorInUse => (
            "Something still answers to the anchor: an account in AD, live or in its Recycle Bin, or a deleted cloud user. If the anchor "
            + "were cleared, that account would find its user gone.",
            "find the holder that the reason names. If it is the user's own account, bring it into the sync scope and let sync hard match "
            + "it. If it is a deleted user, remove that for good or restore it, then scan again."),
        Classification.AnchorDrifted => (
            "AD still has the account that the user was matched to, but the account's anchor is another one now.",
            "do not clear. Write the user's anchor into the account's mS-DS-ConsistencyGuid, so that sync hard matches the two."),
        Classification.ForeignAnchor => (
            "The anchor is no GUID in Base64, so directory synchronisation in its usual form did not write it. Another identity provider, or "
            + "a custom anchor, may depend on it.",
            "ask who wrote it. Google, Okta and others sign users in by this value."),
        Classification.FederatedDomain => (
            "The user signs in through a federated domain, where the anchor is the key that the identity provider sends.",
            "nothing, as long as the domain is federated."),
        Classification.CloudManaged => (
            "Someone moved the user's source of authority to the cloud. The anchor is what leads back to AD.",
            "nothing. It is meant to be so."),
        Classification.AuthorityReverted => (
            "The user's source of authority was in the cloud and was given back to AD. Sync takes such a user by its anchor.",
            "bring the account into the sync scope and run a sync."),
        Classification.Privileged => (
            "The user holds a directory role, may activate one, or is in a group that could. Sync refuses to soft match such users.",
            "if the user must be matched: take the roles away, scan, clear and sync, then give the roles back."),
        Classification.Protected => (
            "The tenant's policy, or a restricted management unit, keeps the user out.",
            "nothing, unless the protection is no longer wanted."),
        Classification.Guest => (
            "The user belongs to another organisation.",
            "nothing."),
        Classification.SyncAccount => (
            "Directory synchronisation itself signs in with this user.",
            "nothing."),
        Classification.NeedsReview => (
            "Only a person can tell: a resource mailbox, two mailboxes, a user that was restored, or one with an onmicrosoft.com name.",
            "look at the user and its account. The reason says what is unusual."),
        Classification.NoPartner => (
            "The anchor is left over, but no account in AD would match. A clear would change nothing for the better.",
            "give the account in AD the user's name or primary address, if there is one. Or leave the user as it is: a leftover anchor does no harm "
            + "to a cloud user."),
        Classification.AmbiguousPartner => (
            "More than one account could be meant, or the account could match, or has matched, another user.",
            "make names and primary addresses unique on both sides, then scan again."),
        Classification.DuplicateInQuarantine => (
            "Sync has already made a second user for the account. A clear alone does not help: sync goes on with the second one.",
            "follow the reason, in its order."),
        Classification.EvidenceInsufficient => (
            "Something that must be known is not. Unknown is never taken for \"no\".",
            "cure what the reason names: a permission, an inventory, a setting. Then scan again."),
        _ => throw new InvalidOperationException($"Say on the page what {classification} means."),
    };
}
