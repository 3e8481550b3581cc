using Microsoft.Extensions.Logging;
using Reanchor.Exceptions;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Telemetry;
using Reanchor.Tenants;

namespace Reanchor.Proposals;

public sealed record ProposeClear(TenantId Tenant, ScanId Scan, Guid UserId) : QueuedCommand, IQueuedCommand
{
    public override string Subject() => UserId.ToString();

    static string IQueuedCommand.QueueName => QueueNames.Candidates;
}

public enum ProposeOutcome
{
    Proposed,

    /// <summary>An open proposal says the same already, or this scan proposed it before.</summary>
    AlreadyProposed,

    /// <summary>A person said no to the same evidence not long ago.</summary>
    RejectedBefore,

    /// <summary>
    /// The directory refused to clear the user on the same evidence not long ago, for no reason that a scan could see cured; the same
    /// clear would end the same way.
    /// </summary>
    RefusedBefore,

    /// <summary>The policy asks for more sightings before a candidate is proposed. The finding says how many are missing.</summary>
    SeenTooLittle,

    /// <summary>An exception, or the policy, has set the user apart since the scan judged it.</summary>
    SetApart,

    /// <summary>A later scan has judged the user, or the tenant no longer proposes.</summary>
    Outdated,

    /// <summary>Someone else changed the earlier proposal at this moment; the next scan looks again.</summary>
    LostRace,
}

/// <summary>Puts a candidate before an approver, once.</summary>
public sealed class ProposeClearHandler(
    ITenantStore tenants,
    IScanStore scans,
    IFindingStore findings,
    IExceptionStore exceptions,
    IProposalStore proposals,
    ProposalLedger ledger,
    TimeProvider clock,
    ILogger<ProposeClearHandler> logger)
{
    public async Task<ProposeOutcome> HandleAsync(ProposeClear command, CancellationToken cancellationToken)
    {
        var outcome = await ProposeAsync(command, cancellationToken);
        logger.ClearProposed(command.Tenant, command.UserId, outcome);
        return outcome;
    }

    private async Task<ProposeOutcome> ProposeAsync(ProposeClear command, CancellationToken cancellationToken)
    {
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;
        var finding = await findings.FindAsync(command.Tenant, command.UserId, cancellationToken);
        var scan = (await scans.FindAsync(command.Tenant, command.Scan, cancellationToken))?.Item;

        if (tenant is not { Enabled: true, Mode: TenantMode.Propose }
            || scan is null
            || finding is not { Classification: Classification.Candidate }
            || finding.Scan != command.Scan
            || finding.Pass != scan.Rewinds)
        {
            return ProposeOutcome.Outdated;
        }

        var now = clock.GetUtcNow();

        // A scan that is resumed was judged a while ago, and whoever looked at it may have set some of its users apart.
        if (tenant.Policy.ProtectedUserIds.Contains(command.UserId)
            || (await exceptions.FindAsync(command.Tenant, command.UserId, cancellationToken))?.Item.IsInForce(now) is true)
        {
            return ProposeOutcome.SetApart;
        }

        var proposal = Draft(tenant.Policy, finding, scan, now);
        var latest = await proposals.FindLatestAsync(command.Tenant, command.UserId, cancellationToken);

        if (latest is not null)
        {
            proposal = proposal with { Id = latest.Item.Id.Following() };

            if (Obstacle(latest.Item, proposal, tenant.Policy, now) is { } obstacle)
            {
                await ledger.SettleAsync(latest.Item, cancellationToken);
                return obstacle;
            }

            if (latest.Item.IsOpen
                && await ledger.TryMoveAsync(latest, Close(latest.Item, now), cancellationToken) is null)
            {
                return ProposeOutcome.LostRace;
            }
        }

        // Last, so that a proposal that rests on other evidence is closed all the same.
        if (finding.Sightings.WaitsFor(tenant.Policy) is not null)
        {
            return ProposeOutcome.SeenTooLittle;
        }

        proposal = proposal.Require(ApprovalRule.Required(tenant.Policy, proposal)).Seal();

        return await ledger.TryAddAsync(proposal, cancellationToken)
            ? ProposeOutcome.Proposed
            : ProposeOutcome.LostRace;
    }

    private static Proposal Close(Proposal open, DateTimeOffset now) =>
        open.Status is ProposalStatus.Pending && open.HasExpired(now)
            ? open.Expire(now)
            : open.Supersede("A later scan found other evidence.", now);

    private static ProposeOutcome? Obstacle(Proposal latest, Proposal proposal, TenantPolicy policy, DateTimeOffset now)
    {
        // A message that comes again, however late, finds what it proposed the first time, and what has become of that.
        if (latest.Scan == proposal.Scan)
        {
            return ProposeOutcome.AlreadyProposed;
        }

        var same = latest.Anchor == proposal.Anchor
            && latest.OnPremises == proposal.OnPremises
            && latest.Evidence.SaysTheSameAs(proposal.Evidence);

        var holds = same && now < latest.HeldUntil(policy);

        return latest.Status switch
        {
            ProposalStatus.Pending when latest.HasExpired(now) => null,
            ProposalStatus.Pending or ProposalStatus.Approved when !same => null,
            ProposalStatus.Rejected when holds => ProposeOutcome.RejectedBefore,
            ProposalStatus.Refused when holds => ProposeOutcome.RefusedBefore,
            _ => latest.IsOpen ? ProposeOutcome.AlreadyProposed : null,
        };
    }

    private static Proposal Draft(TenantPolicy policy, Finding finding, Scan scan, DateTimeOffset now) => new()
    {
        Id = ProposalId.First(finding.User.Id),
        Tenant = finding.Tenant,
        Scan = finding.Scan,
        UserId = finding.User.Id,
        UserPrincipalName = finding.User.UserPrincipalName,
        DisplayName = finding.User.DisplayName,
        Anchor = finding.Anchor,
        OnPremisesSyncEnabled = finding.User.OnPremisesSyncEnabled,
        OnPremises = finding.User.OnPremises,
        Evidence = Evidence.Of(finding),
        Warnings = finding.Assessment.Warnings,
        ProposedAt = now,
        StatusAt = now,
        ExpiresAt = now.AddHours(policy.ProposalLifetimeHours),
        RequestedBy = scan.RequestedBy,
        TraceParent = Traces.Current ?? scan.TraceParent,
        ResumedBy = scan.Resumption?.ResumedBy,
        FoundTogether = scan.Candidates,
    };
}
