using Reanchor.Anchors;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.Reporting;

/// <summary>One user in a report.</summary>
/// <param name="Classification"><see langword="null"/>, as <paramref name="Prediction"/>, when a later scan has taken the finding over.</param>
/// <param name="Why">Why the user got this class: every check that failed, or what makes a candidate.</param>
/// <param name="Partner">The on-premises account that would match; <see langword="null"/> when there is none, or more than one.</param>
/// <param name="Status">Of the latest proposal; <see langword="null"/> when none was made.</param>
/// <param name="Done">What was done, oldest first.</param>
/// <param name="Remains">What is left to do, in words for a person.</param>
public sealed record ReportedUser(
    Guid UserId,
    string UserPrincipalName,
    string? DisplayName,
    SourceAnchor Anchor,
    Classification? Classification,
    IReadOnlyList<string> Why,
    string? Partner,
    SourceAnchor? ExpectedAnchor,
    Prediction? Prediction,
    ProposalStatus? Status,
    IReadOnlyList<ReportedStep> Done,
    string Remains)
{
    public static ReportedUser Of(Finding finding, IReadOnlyList<Proposal> proposals) => new(
        finding.User.Id,
        finding.User.UserPrincipalName,
        finding.User.DisplayName,
        finding.Anchor,
        finding.Classification,
        finding.Assessment.FailedChecks.Count == 0 ? [finding.Assessment.Reason] : [.. finding.Assessment.FailedChecks.Select(check => check.Reason)],
        NameOf(finding.Assessment.Partner),
        finding.Assessment.ExpectedAnchor,
        finding.Assessment.Prediction,
        proposals is [.., var newest] ? newest.Status : null,
        [.. proposals.SelectMany(ReportedStep.Of)],
        proposals is [.., var latest] ? WhatRemains.Of(latest)
            : finding.Classification is Scanning.Classification.Candidate ? "It is a candidate, and not proposed yet."
            : "Nothing is done to this user.");

    /// <param name="proposals">Of one user, oldest first; at least one.</param>
    public static ReportedUser Of(IReadOnlyList<Proposal> proposals) => new(
        proposals[^1].UserId,
        proposals[^1].UserPrincipalName,
        proposals[^1].DisplayName,
        proposals[^1].Anchor,
        null,
        [],
        NameOf(proposals[^1].Evidence.Partner),
        proposals[^1].Evidence.ExpectedAnchor,
        null,
        proposals[^1].Status,
        [.. proposals.SelectMany(ReportedStep.Of)],
        WhatRemains.Of(proposals[^1]));

    private static string? NameOf(Partner? partner) =>
        partner is null ? null : $"{partner.SamAccountName ?? partner.UserPrincipalName ?? partner.ObjectGuid.ToString("D")} ({partner.CollectorId})";
}
