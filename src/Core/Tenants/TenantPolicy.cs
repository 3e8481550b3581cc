using System.ComponentModel.DataAnnotations;

namespace Reanchor.Tenants;

/// <summary>How careful Reanchor is with one tenant. Every default is the careful one.</summary>
public sealed record TenantPolicy
{
    private const string OutOfRange = "{0} must be a whole number from {1} to {2}.";

    public static TenantPolicy Default { get; } = new();

    /// <summary>An inventory older than this proves nothing. Hours.</summary>
    [Range(1, 720, ErrorMessage = OutOfRange)]
    public int InventoryMaxAgeHours { get; init; } = 24;

    /// <summary>An inventory this much smaller than the accepted one before it is refused. Percent.</summary>
    [Range(0, 100, ErrorMessage = OutOfRange)]
    public int InventoryMaxShrinkPercent { get; init; } = 10;

    /// <summary>When the directory's last sync is older, the tenant is reported on but nothing is proposed. Hours.</summary>
    [Range(1, 720, ErrorMessage = OutOfRange)]
    public int SyncMaxAgeHours { get; init; } = 24;

    /// <summary>A scan with more candidates halts and proposes none of them.</summary>
    [Range(1, 10_000, ErrorMessage = OutOfRange)]
    public int MaxProposalsPerScan { get; init; } = 100;

    /// <summary>A scan that flags a larger share of the tenant's users as candidates halts. Percent.</summary>
    [Range(1, 100, ErrorMessage = OutOfRange)]
    public int MaxFlaggedPercent { get; init; } = 50;

    /// <summary>Clears of the tenant's users in an hour. An hour begins with the first clear after the hour before is over.</summary>
    [Range(1, 10_000, ErrorMessage = OutOfRange)]
    public int MaxClearsPerHour { get; init; } = 100;

    /// <summary>
    /// When a larger share of the latest clears was refused or not verified, the tenant is quarantined. Percent; it takes at least
    /// five outcomes.
    /// </summary>
    [Range(1, 100)]
    public int MaxFailurePercent { get; init; } = 20;

    /// <summary>A candidate is proposed once this many scans in a row have seen it as one. Scans.</summary>
    [Range(1, 30, ErrorMessage = OutOfRange)]
    public int MinimumSightings { get; init; } = 1;

    /// <summary>A candidate is proposed once the first and the latest of those scans are this far apart. Days.</summary>
    [Range(0, 90, ErrorMessage = OutOfRange)]
    public int MinimumSightingDays { get; init; }

    /// <summary>
    /// Whether users that were synced, deleted and restored (<c>onPremisesSyncEnabled</c> is false) may be proposed. Sources
    /// disagree whether their anchor can be cleared and whether they match afterwards.
    /// </summary>
    public bool IncludePreviouslySynced { get; init; }

    /// <summary>
    /// Whether users that carry <c>onPremisesObjectIdentifier</c> of another account may be proposed. Sync may refuse to change it; then
    /// the user matches only after a second clear, which cannot be undone.
    /// </summary>
    public bool IncludeForeignObjectIdentifier { get; init; }

    /// <summary>Whether users without an on-premises account to match may be proposed: after the clear they stay cloud-only.</summary>
    public bool ProposeWithoutPartner { get; init; }

    /// <summary>How long a proposal waits for a decision, and an approval for its clear. Hours.</summary>
    [Range(1, 2160, ErrorMessage = OutOfRange)]
    public int ProposalLifetimeHours { get; init; } = 168;

    /// <summary>Which proposals two different people have to approve, each with a sign-in of their own.</summary>
    public TwoApprovals TwoApprovals { get; init; } = TwoApprovals.Risky;

    /// <summary>When one scan finds more candidates than this, each of them takes two approvals.</summary>
    [Range(0, 10_000, ErrorMessage = OutOfRange)]
    public int TwoApprovalsAbove { get; init; } = 50;

    /// <summary>Who may approve, besides holding the role: object ids of people and of groups. Empty for whoever holds the role.</summary>
    [Required(ErrorMessage = "{0} must be a list, or be left out.")]
    [MaxLength(100, ErrorMessage = "{0} must have at most {1} ids.")]
    public IReadOnlyList<Guid> ApproverIds { get; init; } = [];

    /// <summary>
    /// Whether an answer that a workflow relays may decide a proposal that takes one approval. Reanchor then relies on the workflow,
    /// and on whoever can edit it, for who answered. Never where two are needed.
    /// </summary>
    public bool AssertedDecisionsCount { get; init; }

    /// <summary>The workflow that asks this tenant's approvers: a name in the setting <c>Approvals__Workflows</c>.</summary>
    [RegularExpression("[a-z0-9]{1,32}", ErrorMessage = "{0} must have 1 to 32 of the characters a-z and 0-9.")]
    [Required(ErrorMessage = "{0} must have 1 to 32 of the characters a-z and 0-9.")]
    public string ApprovalWorkflow { get; init; } = "default";

    /// <summary>Mail addresses of those whom the workflow asks. Empty for those whom it asks by itself.</summary>
    [Required(ErrorMessage = "{0} must be a list, or be left out.")]
    [MaxLength(20, ErrorMessage = "{0} must have at most {1} addresses.")]
    [MailAddresses]
    public IReadOnlyList<string> ApprovalRecipients { get; init; } = [];

    /// <summary>
    /// How long a rejection, or the directory's refusal of the clear for a cause that nobody can cure by what it says (Unknown,
    /// Uniqueness), keeps the same user with the same evidence from being proposed again. Days.
    /// </summary>
    [Range(1, 3650, ErrorMessage = OutOfRange)]
    public int RejectionHoldsDays { get; init; } = 30;

    /// <summary>How long verification waits for the sync to match the user. Hours.</summary>
    [Range(1, 720, ErrorMessage = OutOfRange)]
    public int VerificationDeadlineHours { get; init; } = 24;

    /// <summary>Users that are never proposed, such as break-glass accounts: their object ids.</summary>
    [Required(ErrorMessage = "{0} must be a list, or be left out.")]
    [MaxLength(1000, ErrorMessage = "{0} must have at most {1} ids.")]
    public IReadOnlyList<Guid> ProtectedUserIds { get; init; } = [];

    /// <summary>Entra groups whose members, direct or through other groups, are never proposed: their object ids.</summary>
    [Required(ErrorMessage = "{0} must be a list, or be left out.")]
    [MaxLength(100, ErrorMessage = "{0} must have at most {1} ids.")]
    public IReadOnlyList<Guid> ProtectedGroupIds { get; init; } = [];
}
