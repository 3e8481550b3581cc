using Reanchor.Anchors;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Diagnosis;

/// <summary>Why a user does not match, check by check, as the directory is now. Leads with what it comes to.</summary>
public sealed record UserDiagnosis
{
    public required DiagnosisConclusion Conclusion { get; init; }

    public required TenantId TenantId { get; init; }

    public required Guid UserId { get; init; }

    public required string UserPrincipalName { get; init; }

    public string? DisplayName { get; init; }

    public required DateTimeOffset DiagnosedAt { get; init; }

    /// <summary><see langword="null"/> for a user that a scan would not look at: synced, without an anchor, or deleted.</summary>
    public Classification? Classification { get; init; }

    public SourceAnchor? Anchor { get; init; }

    /// <summary>The one AD account that would match.</summary>
    public Partner? Partner { get; init; }

    /// <summary>The anchor that the match would write.</summary>
    public SourceAnchor? ExpectedAnchor { get; init; }

    /// <summary>What an approver of a clear would be warned of, gaps in the inventories included.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The sync errors that the user's state leads to, by name.</summary>
    public required IReadOnlyList<string> ExpectedErrors { get; init; }

    /// <summary>The error that was asked about.</summary>
    public ExplainedError? Error { get; init; }

    public required IReadOnlyList<DiagnosisCheck> Checks { get; init; }
}
