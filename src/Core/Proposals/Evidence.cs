using Reanchor.Anchors;
using Reanchor.Scanning;

namespace Reanchor.Proposals;

/// <summary>What a decision rests on.</summary>
public sealed record Evidence
{
    /// <summary><see langword="null"/> when no account would match, which a policy may allow.</summary>
    public required Partner? Partner { get; init; }

    /// <summary>What the user's anchor will be once the next sync has matched it; <see langword="null"/> without a partner.</summary>
    public required SourceAnchor? ExpectedAnchor { get; init; }

    public required Prediction Prediction { get; init; }

    /// <summary>Versions of the inventories, by collector.</summary>
    public required IReadOnlyDictionary<string, string> InventoryVersions { get; init; }

    /// <summary>Ids of those who handed these inventories in. They may not approve what they say.</summary>
    public IReadOnlyList<string> ImportedBy { get; init; } = [];

    /// <param name="finding">A candidate's.</param>
    public static Evidence Of(Finding finding) => new()
    {
        Partner = finding.Assessment.Partner,
        ExpectedAnchor = finding.Assessment.ExpectedAnchor,
        Prediction = finding.Assessment.Prediction,
        InventoryVersions = finding.InventoryVersions,
        ImportedBy = finding.ImportedBy,
    };

    /// <summary>The same partner, anchor and prediction; newer inventories that say the same change nothing.</summary>
    public bool SaysTheSameAs(Evidence other) =>
        Partner?.CollectorId == other.Partner?.CollectorId
        && Partner?.ObjectGuid == other.Partner?.ObjectGuid
        && ExpectedAnchor == other.ExpectedAnchor
        && Prediction == other.Prediction;
}
