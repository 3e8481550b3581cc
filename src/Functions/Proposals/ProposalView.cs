using Reanchor.Access;
using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Proposals;

/// <summary>A proposal as callers see it.</summary>
/// <param name="Restorable">Whether what it clears can be put back while nothing has matched.</param>
/// <param name="OldValues">Every other on-premises value that a match overwrites.</param>
/// <param name="RequiredApprovals">How many people have to approve it.</param>
/// <param name="Waiting">Why an approved clear is not made yet, and until when; <see langword="null"/> when nothing holds it back.</param>
/// <param name="Match">What the clear has led to; <see langword="null"/> while a match may still come.</param>
/// <param name="Refusal">Why the clear, the verification or the restore did not come out as hoped, with what to do.</param>
/// <param name="RefusalCause">What kind of no the directory gave; <see langword="null"/> when it gave none.</param>
public sealed record ProposalView(
    ProposalId ProposalId,
    ProposalKind Kind,
    bool Restorable,
    TenantId TenantId,
    ScanId ScanId,
    Guid UserId,
    string UserPrincipalName,
    string? DisplayName,
    SourceAnchor Anchor,
    bool? OnPremisesSyncEnabled,
    OnPremisesValues OldValues,
    Partner? Partner,
    SourceAnchor? ExpectedAnchor,
    Prediction Prediction,
    IReadOnlyList<string> Warnings,
    ProposalStatus Status,
    DateTimeOffset StatusAt,
    string Digest,
    DateTimeOffset ProposedAt,
    DateTimeOffset ExpiresAt,
    Actor RequestedBy,
    int RequiredApprovals,
    IReadOnlyList<DecisionView> Decisions,
    ClearWait? Waiting,
    DateTimeOffset? ClearedAt,
    MatchOutcome? Match,
    RestoreRequest? Restore,
    string? Refusal,
    RefusalCause? RefusalCause)
{
    public static ProposalView Of(Proposal proposal) => new(
        proposal.Id,
        proposal.Kind,
        proposal.Kind is ProposalKind.ClearAnchor,
        proposal.Tenant,
        proposal.Scan,
        proposal.UserId,
        proposal.UserPrincipalName,
        proposal.DisplayName,
        proposal.Anchor,
        proposal.OnPremisesSyncEnabled,
        proposal.OnPremises,
        proposal.Evidence.Partner,
        proposal.Evidence.ExpectedAnchor,
        proposal.Evidence.Prediction,
        proposal.Warnings,
        proposal.Status,
        proposal.StatusAt,
        proposal.Digest,
        proposal.ProposedAt,
        proposal.ExpiresAt,
        proposal.RequestedBy,
        proposal.RequiredApprovals,
        [.. proposal.Decisions.Select(DecisionView.Of)],
        proposal.Wait,
        proposal.ClearedAt,
        proposal.Match,
        proposal.Restore,
        proposal.Refusal,
        proposal.RefusalCause);
}

/// <param name="Asserted">Who is said to have answered, when a workflow relayed it; <see langword="null"/> for whoever signed in themselves.</param>
/// <param name="Counts"><see langword="false"/> for advice.</param>
public sealed record DecisionView(
    DecisionKind Decision, Actor DecidedBy, DateTimeOffset DecidedAt, string Reason, AssertedAnswer? Asserted, bool Counts)
{
    public static DecisionView Of(Decision decision) => new(
        decision.Approved ? DecisionKind.Approve : DecisionKind.Reject,
        decision.DecidedBy,
        decision.DecidedAt,
        decision.Reason,
        decision.Asserted,
        decision.Counts);
}
