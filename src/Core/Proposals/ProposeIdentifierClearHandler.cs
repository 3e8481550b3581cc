using Reanchor.Access;
using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Proposals;

/// <param name="Proposal">The clear of the anchor that led to no match.</param>
public sealed record ProposeIdentifierClear(TenantId Tenant, ProposalId Proposal, string Reason, Actor RequestedBy);

public enum ProposeIdentifierClearOutcome
{
    Proposed,
    NotFound,

    /// <summary>There is nothing to clear, or it is not the time for it; the explanation says why.</summary>
    NotPossible,

    /// <summary>Someone changed the user's proposals at this moment.</summary>
    LostRace,
}

/// <param name="Explanation">Why not; <see langword="null"/> when it was proposed.</param>
/// <param name="Proposal">The new one; <see langword="null"/> when there is none.</param>
public sealed record ProposeIdentifierClearResult(
    ProposeIdentifierClearOutcome Outcome, string? Explanation, Proposal? Proposal);

/// <summary>Puts the second clear before an approver. It goes the same way as the first, and has no way back.</summary>
public sealed class ProposeIdentifierClearHandler(
    ITenantStore tenants,
    IProposalStore proposals,
    ProposalLedger ledger,
    IDirectoryReader directory,
    UserAssessor assessor,
    TimeProvider clock)
{
    public const string Warning =
        "This cannot be undone: Entra accepts no other value than null for onPremisesObjectIdentifier. The old one stays on the audit trail only.";

    public async Task<ProposeIdentifierClearResult> HandleAsync(
        ProposeIdentifierClear command, CancellationToken cancellationToken)
    {
        var first = (await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken))?.Item;
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (first is null || tenant is null)
        {
            return new(ProposeIdentifierClearOutcome.NotFound, "There is no such proposal.", null);
        }

        var latest = await proposals.FindLatestAsync(command.Tenant, first.UserId, cancellationToken);

        if (Objection(tenant, first, latest!.Item) is { } objection)
        {
            return new(ProposeIdentifierClearOutcome.NotPossible, objection, null);
        }

        var user = await directory.FindUserAsync(tenant, first.UserId, cancellationToken);

        if (Objection(user) is { } userObjection)
        {
            return new(ProposeIdentifierClearOutcome.NotPossible, userObjection, null);
        }

        // Judged anew, as the clear will be: what would supersede it is said before anyone approves it.
        var facts = await directory.ReadTenantFactsAsync(tenant, cancellationToken);
        var finding = (await assessor.AssessAsync(tenant, first.Scan, facts, [user!], cancellationToken))[0];

        if (finding.Assessment.FailedChecks.FirstOrDefault(c => !ClearTarget.IsCuredBy(c, ProposalKind.ClearObjectIdentifier)) is { } failed)
        {
            return new(ProposeIdentifierClearOutcome.NotPossible, failed.Reason, null);
        }

        var proposal = Draft(tenant, finding, first.Anchor, latest.Item.Id.Following(), command);

        return await ledger.TryAddAsync(proposal, cancellationToken)
            ? new(ProposeIdentifierClearOutcome.Proposed, null, proposal)
            : new(ProposeIdentifierClearOutcome.LostRace, "Someone made another proposal for this user at this moment. Look again.", null);
    }

    private static string? Objection(Tenant tenant, Proposal first, Proposal latest) =>
        tenant is not { Enabled: true, Mode: TenantMode.Propose } ? "The tenant is disabled or in report mode."
        : first.Kind is not ProposalKind.ClearAnchor ? "This proposal is a second clear itself."
        : first.Status is not (ProposalStatus.Cleared or ProposalStatus.Inconclusive) ? "Its anchor is not cleared, or a match has followed."
        : latest.Id != first.Id && latest.IsOpen ? $"Another proposal for this user is open, {latest.Id}."
        : null;

    private static string? Objection(CloudUser? user) =>
        user is null ? "The user was deleted."
        : user.IsSynced ? "A match has taken the user: nothing is left to clear."
        : user.Anchor is not null ? "The user has an anchor again."
        : user.OnPremises.ObjectIdentifier is null ? "The user carries no object identifier."
        : null;

    private Proposal Draft(
        Tenant tenant, Finding finding, SourceAnchor clearedAnchor, ProposalId id, ProposeIdentifierClear command)
    {
        var now = clock.GetUtcNow();

        var proposal = new Proposal
        {
            Id = id,
            Tenant = tenant.Id,
            Kind = ProposalKind.ClearObjectIdentifier,
            Scan = finding.Scan,
            UserId = finding.User.Id,
            UserPrincipalName = finding.User.UserPrincipalName,
            DisplayName = finding.User.DisplayName,
            Anchor = clearedAnchor,
            OnPremisesSyncEnabled = finding.User.OnPremisesSyncEnabled,
            OnPremises = finding.User.OnPremises,
            Evidence = Evidence.Of(finding),
            Warnings = [Warning, .. finding.Assessment.Warnings],
            ProposedAt = now,
            StatusAt = now,
            ExpiresAt = now.AddHours(tenant.Policy.ProposalLifetimeHours),
            RequestedBy = command.RequestedBy,
            RequestReason = command.Reason,
        };

        return proposal.Require(ApprovalRule.Required(tenant.Policy, proposal)).Seal();
    }
}
