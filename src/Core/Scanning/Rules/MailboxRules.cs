using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>Mailboxes that a match could do harm to.</summary>
internal static class MailboxRules
{
    /// <summary>A room, a shared mailbox or a meeting-room device has no person to ask (Learn, "mailboxSettings", "Working with users").</summary>
    public static RuleVerdict ResourceMailbox(ClassificationCase c) =>
        Given(c.UserFacts.MailboxPurpose, "The mailbox's purpose", purpose =>
            c.User.IsResourceAccount is true || purpose is not (null or "user")
                ? Fail(Classification.NeedsReview, $"This is a resource account or a {purpose ?? "resource"} mailbox: a person has to look.")
            : Pass(purpose is null ? "The user has no mailbox." : "The mailbox is a person's."));

    /// <summary>
    /// Taking over a user whose account has another mailbox leaves two, or blocks provisioning (practitioners' reports; Microsoft has
    /// no page on it).
    /// </summary>
    public static RuleVerdict TwoMailboxes(ClassificationCase c) =>
        GivenPartner(c, partner => Given(c.UserFacts.MailboxPurpose, "The mailbox's purpose", purpose =>
            purpose is null ? Pass("The user has no cloud mailbox.")
            : partner.Account.MailboxGuid is not null
                ? Fail(Classification.NeedsReview,
                    "The user has a cloud mailbox and the on-premises account has one of its own: a person has to look.")
            : !partner.Account.MailboxListed
                ? Unknown($"The inventory of {partner.Collector} does not say whether {partner.Name} has a mailbox. Add mailboxGuid "
                    + "(msExchMailboxGuid) to it, empty where there is none.")
            : Pass("The on-premises account has no mailbox.")));
}
