using Reanchor.Anchors;
using Reanchor.Scanning;

namespace Reanchor.Functions.Scanning;

/// <summary>A finding as callers see it.</summary>
public sealed record FindingView(
    Guid UserId,
    string UserPrincipalName,
    string? DisplayName,
    SourceAnchor Anchor,
    Classification Classification,
    string Reason,
    IReadOnlyList<FailedCheck> FailedChecks,
    Partner? Partner,
    SourceAnchor? ExpectedAnchor,
    Prediction Prediction,
    IReadOnlyList<string> Warnings,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset SeenAt)
{
    public static FindingView Of(Finding finding) => new(
        finding.User.Id,
        finding.User.UserPrincipalName,
        finding.User.DisplayName,
        finding.Anchor,
        finding.Classification,
        finding.Assessment.Reason,
        finding.Assessment.FailedChecks,
        finding.Assessment.Partner,
        finding.Assessment.ExpectedAnchor,
        finding.Assessment.Prediction,
        finding.Assessment.Warnings,
        finding.FirstSeenAt,
        finding.SeenAt);
}
