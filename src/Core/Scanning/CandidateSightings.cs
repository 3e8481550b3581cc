using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>
/// How many scans in a row saw a user as the same candidate: with the same anchor, and the same account to match. A user that was
/// something else in between, or not there at all, starts over.
/// </summary>
/// <param name="First">When the first of these scans saw the user; <see langword="null"/> when there is none.</param>
/// <param name="Latest">When the last one did.</param>
public sealed record CandidateSightings(int Scans, DateTimeOffset? First, DateTimeOffset? Latest)
{
    public static CandidateSightings None { get; } = new(0, null, null);

    /// <summary>Counts the sighting that a finding tells of.</summary>
    /// <param name="before">The user's finding before this one, by an earlier scan or by this scan on another page.</param>
    /// <param name="seenSince">When the last scan that read every user began: who was not seen since then was gone.</param>
    public static CandidateSightings Of(Finding finding, Finding? before, DateTimeOffset seenSince)
    {
        if (finding.Classification is not Classification.Candidate)
        {
            return None;
        }

        var goesOn = before is { Sightings.Scans: > 0 }
            && (before.Scan == finding.Scan || before.SeenAt >= seenSince)
            && before.Anchor == finding.Anchor
            && before.Assessment.Partner?.ObjectGuid == finding.Assessment.Partner?.ObjectGuid;

        return !goesOn ? new(1, finding.SeenAt, finding.SeenAt)
            : before!.Scan == finding.Scan ? before.Sightings
            : before.Sightings with { Scans = before.Sightings.Scans + 1, Latest = finding.SeenAt };
    }

    /// <returns>What the policy still waits for before a candidate is proposed; <see langword="null"/> when it waits for nothing.</returns>
    public string? WaitsFor(TenantPolicy policy)
    {
        var days = Latest - First is { } span ? span.Days : 0;

        return Scans < policy.MinimumSightings
                ? $"Seen as a candidate by {Scans} of the {policy.MinimumSightings} scans in a row that this tenant's policy asks for."
            : days < policy.MinimumSightingDays
                ? $"Seen as a candidate for {days} of the {policy.MinimumSightingDays} days that this tenant's policy asks for."
            : null;
    }
}
