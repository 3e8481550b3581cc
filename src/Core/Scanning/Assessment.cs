using System.Text.Json.Serialization;
using Reanchor.Anchors;

namespace Reanchor.Scanning;

/// <summary>The classifier's answer for one user.</summary>
public sealed record Assessment
{
    public required Classification Classification { get; init; }

    /// <summary>Every check that failed or could not be made, in the order of their classes. Empty for a candidate.</summary>
    public required IReadOnlyList<FailedCheck> FailedChecks { get; init; }

    /// <summary>The one account that would match; <see langword="null"/> when there is none, or more than one.</summary>
    public Partner? Partner { get; init; }

    public SourceAnchor? ExpectedAnchor { get; init; }

    public Prediction Prediction { get; init; } = Prediction.Unknown;

    /// <summary>What an approver should know; none of these excludes the user.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    [JsonIgnore]
    public string Reason => FailedChecks.Count > 0
        ? FailedChecks.First(c => c.Classification == Classification).Reason
        : Partner is null
            ? "The anchor belongs to no on-premises account. None would match either, which the tenant's policy allows."
            : "The anchor belongs to no on-premises account, and one account is waiting to match.";
}
