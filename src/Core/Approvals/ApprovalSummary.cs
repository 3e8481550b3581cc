using System.Globalization;
using System.Net;
using System.Text;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>The few lines of a mail or card that say what is asked. Names come from directories: whoever chose them wants no say in the HTML.</summary>
public static class ApprovalSummary
{
    /// <summary>Teams takes 28 KB in all, and the workflow's trigger as many characters as this.</summary>
    public const int MaxLength = 20_000;

    private const int UsersNamed = 10;
    private const int LongestName = 64;

    public static string Html(Tenant tenant, ApprovalBatch batch, IReadOnlyList<Proposal> proposals, Uri review)
    {
        var two = proposals.Count(p => p.RequiredApprovals > 1);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<p>Reanchor proposes to clear the leftover ImmutableID of <b>{proposals.Count}</b> user{(proposals.Count == 1 ? "" : "s")} of <b>{Text(tenant.DisplayName)}</b>.");
        html.Append(CultureInfo.InvariantCulture, $" Risky: {proposals.Count(ApprovalRule.IsRisky)}. With warnings of their own: {proposals.Count(ApprovalRule.IsWarned)}. Two approvals needed: {two}.</p><ul>");

        foreach (var proposal in proposals.Take(UsersNamed))
        {
            html.Append(CultureInfo.InvariantCulture, $"<li>{Text(proposal.DisplayName ?? "")} ({Text(proposal.UserPrincipalName)}), will match {Text(proposal.Evidence.Partner?.SamAccountName ?? "nobody")}</li>");
        }

        html.Append("</ul>");

        if (proposals.Count + batch.Others > UsersNamed)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>And {proposals.Count + batch.Others - Math.Min(UsersNamed, proposals.Count)} more, in the console.</p>");
        }

        html.Append(tenant.Policy.AssertedDecisionsCount
            ? "<p>To approve decides those that take one approval; those that take two are approved in the console. To reject rejects all of them.</p>"
            : "<p>Your answer is kept as advice. What is cleared is decided in the console, by people who sign in.</p>");
        html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Text(review.AbsoluteUri, int.MaxValue)}\">Look at the evidence and decide in the console</a>, until {TimeText.Of(batch.ExpiresAt)}.</p>");
        return html.ToString();
    }

    /// <summary>A value on one line, without characters that hide or turn others around.</summary>
    public static string Plain(string value, int maxLength = LongestName)
    {
        var plain = new StringBuilder();

        foreach (var rune in value.EnumerateRunes())
        {
            var isOdd = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

            if (plain.Length >= maxLength)
            {
                return plain.Append("...").ToString();
            }

            plain.Append(isOdd ? "\uFFFD" : rune.ToString());
        }

        return plain.ToString();
    }

    private static string Text(string value, int maxLength = LongestName) => WebUtility.HtmlEncode(Plain(value, maxLength));
}
