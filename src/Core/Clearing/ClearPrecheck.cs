using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>Reads everything anew just before a write: approval covers the account as it was, not whatever it has become.</summary>
public sealed class ClearPrecheck(
    IDirectoryReader directory,
    UserWrites writes,
    RecentTenantFacts recentFacts,
    ApprovedUsersJoiner joiner,
    UserAssessor assessor,
    TimeProvider clock)
{
    /// <param name="tenant"><see langword="null"/> when it is no longer registered.</param>
    /// <param name="proposal">Approved, or claimed by a delivery that did not finish.</param>
    /// <param name="justRead">The user, when this delivery has read it already; <see langword="null"/> to have it read.</param>
    /// <returns>Why the clear must not be made; <see langword="null"/> when nothing speaks against it.</returns>
    public async Task<string?> ObjectionAsync(
        Tenant? tenant, Proposal proposal, CloudUser? justRead, CancellationToken cancellationToken)
    {
        if (tenant is not { Enabled: true })
        {
            return "The tenant is no longer registered, or is disabled.";
        }

        if (tenant.Mode is TenantMode.Report)
        {
            return "The tenant was set back to report mode.";
        }

        if (await writes.ObjectionToClearAsync(proposal, cancellationToken) is { } restore)
        {
            return restore;
        }

        var user = justRead ?? await directory.FindUserAsync(tenant, proposal.UserId, cancellationToken);

        // As the policy stands now: one that was tightened since the approval holds for clears that are not made yet.
        var asked = proposal.Require(ApprovalRule.Required(tenant.Policy, proposal)) with
        {
            Decisions = [.. proposal.Decisions.Where(d => DecisionRule.StillCounts(d, tenant.Policy))],
        };

        if (Objection(asked, user, clock.GetUtcNow()) is { } objection)
        {
            return objection;
        }

        var facts = await recentFacts.ReadAsync(tenant, cancellationToken);
        var finding = (await assessor.AssessForWriteAsync(tenant, proposal.Scan, facts, [user!], joiner, cancellationToken))[0];

        if (finding.Classification is not Classification.Candidate
            && (finding.Assessment.FailedChecks is [] || finding.Assessment.FailedChecks.Any(c => !ClearTarget.IsCuredBy(c, proposal.Kind))))
        {
            return finding.Assessment.Reason;
        }

        if (!proposal.Evidence.SaysTheSameAs(Evidence.Of(finding)))
        {
            return "The on-premises account it would match has changed.";
        }

        if (finding.Assessment.Warnings.Except(proposal.Warnings).FirstOrDefault() is { } unseen)
        {
            return $"The approver was not warned of this: {unseen}";
        }

        // Facts and inventories may have taken so long that somebody gave the user another anchor meanwhile.
        return Objection(asked, await directory.FindUserAsync(tenant, proposal.UserId, cancellationToken), clock.GetUtcNow());
    }

    private static string? Objection(Proposal proposal, CloudUser? user, DateTimeOffset now) =>
        !proposal.DigestHolds ? "The stored proposal no longer fits its digest."
        : !proposal.HasEnoughApprovals ? proposal.RequiredApprovals > 1
            ? "It needs approvals by two people that name this digest, and does not have them."
            : "No approval that counts under the policy names this digest."
        : proposal.HasExpired(now) ? "The approval expired before it could be applied."
        : user is null ? "The user was deleted."
        : user.IsSynced ? "The user is synced now."
        : ClearTarget.Objection(user, proposal);
}
