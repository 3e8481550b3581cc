using Reanchor.Anchors;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Scanning;

/// <summary>A finding as callers see it.</summary>
/// <param name="FirstSeenAt">When a scan first saw the user with an anchor and not synced, candidate or not.</param>
/// <param name="Sightings">Scans in a row that saw the user as the same candidate; 0 when the latest did not.</param>
/// <param name="CandidateSince">When the first of these scans did.</param>
/// <param name="WaitsFor">Why a candidate is not proposed yet: the sightings that the tenant's policy still asks for.</param>
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
    DateTimeOffset SeenAt,
    int Sightings,
    DateTimeOffset? CandidateSince,
    string? WaitsFor)
{
    /// <param name="policy">The tenant's as it is now; <see langword="null"/> when the tenant is no longer registered.</param>
    public static FindingView Of(Finding finding, TenantPolicy? policy) => new(
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
        finding.SeenAt,
        finding.Sightings.Scans,
        finding.Sightings.First,
        policy is not null && finding.Classification is Classification.Candidate ? finding.Sightings.WaitsFor(policy) : null);
}
