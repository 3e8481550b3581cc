using Reanchor.Anchors;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Scanning.Rules;
using Reanchor.Tenants;

namespace Reanchor.Diagnosis;

/// <summary>Weighs a hard match for the user of a proposal, on what the directory says now.</summary>
public sealed class PlanHardMatchHandler(
    ITenantStore tenants, IProposalStore proposals, IDirectoryReader directory, UserAssessor assessor)
{
    /// <returns><see langword="null"/> when there is no such proposal, or its tenant is no longer registered.</returns>
    /// <exception cref="DirectoryUnavailableException">The directory could not be read.</exception>
    public async Task<HardMatchPlan?> HandleAsync(TenantId tenantId, ProposalId id, CancellationToken cancellationToken)
    {
        var proposal = (await proposals.FindAsync(tenantId, id, cancellationToken))?.Item;
        var tenant = (await tenants.FindAsync(tenantId, cancellationToken))?.Item;

        if (proposal is null || tenant is null)
        {
            return null;
        }

        var user = await directory.FindUserAsync(tenant, proposal.UserId, cancellationToken);

        if (user is null)
        {
            return Plan(new(proposal, null));
        }

        var facts = await directory.ReadTenantFactsAsync(tenant, cancellationToken);
        var subject = (await assessor.GatherAsync(tenant, facts, [user], cancellationToken))[0].Case;

        return Plan(new(proposal, subject));
    }

    private static HardMatchPlan Plan(HardMatchCase c)
    {
        var checks = HardMatchChecks.Of(c);
        var advice = checks.Any(check => check.State is RuleOutcome.Fail) ? HardMatchAdvice.NotAdvisable
            : checks.Any(check => check.State is RuleOutcome.Unknown) ? HardMatchAdvice.Unknown
            : HardMatchAdvice.Possible;
        var commands = advice is HardMatchAdvice.Possible ? new HardMatchCommands(c.Proposal.Anchor, c.Account!) : null;
        var features = c.Subject?.TenantFacts.Features;

        return new()
        {
            ProposalId = c.Proposal.Id,
            UserId = c.Proposal.UserId,
            UserPrincipalName = c.Proposal.UserPrincipalName,
            Anchor = c.Proposal.Anchor,
            AnchorGuid = c.Proposal.Anchor.TryGetGuid(out var anchorGuid) ? anchorGuid : null,
            Account = c.Proposal.Evidence.Partner,
            Advice = advice,
            Summary = Summary(advice, c.Proposal),
            Checks = checks,
            Warnings = commands is null ? [] : [.. Warnings(c, features!)],
            Steps = commands is null ? [] : [.. commands.InOrder(liftTakeoverBlock: features is not { IsKnown: true, Value.HardMatchTakeoverBlocked: false })],
            Undo = commands?.Undo(),
        };
    }

    private static string Summary(HardMatchAdvice advice, Proposal proposal) => advice switch
    {
        HardMatchAdvice.NotAdvisable => "Do not hard match this user. The checks that failed say why, and what to do instead.",
        HardMatchAdvice.Unknown => "Do not hard match this user yet: something that must be known could not be found out. Settle it and ask again.",
        _ => "Both cures lead to the same match. The clear is the simpler one. Write the anchor into AD instead when it has to be kept, "
            + "because another system knows the user by it, or when soft match is blocked in the tenant."
            + (proposal.Status is ProposalStatus.Pending ? " Reject the proposal first, so that nobody clears the anchor meanwhile." : ""),
    };

    private static IEnumerable<string> Warnings(HardMatchCase c, Reading<SyncFeatures> features)
    {
        if (c.Account!.ConsistencyGuid is { } present && present != c.Account.ObjectGuid)
        {
            yield return $"The account's mS-DS-ConsistencyGuid is set to {SourceAnchor.FromGuid(present)} already and will be overwritten. The first step saves it. "
                + "Find out who set it: another tenant, or a migration tool, may match by it.";
        }

        if (!features.IsKnown)
        {
            yield return $"Whether the tenant blocks hard match could not be read: {features.UnknownBecause} Leave out the two steps about it if it does not.";
        }
        else if (features.Value.HardMatchTakeoverBlocked)
        {
            yield return "The tenant blocks hard match (blockCloudObjectTakeoverThroughHardMatchEnabled). It has to be lifted while the sync runs, and set again.";
        }

        yield return "Check that Connect Sync takes its source anchor from mS-DS-ConsistencyGuid (its wizard, View or export current configuration). "
            + "Cloud Sync always does when the attribute is set.";
        yield return MatchWarnings.OfEveryMatch;
    }
}
