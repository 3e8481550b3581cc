using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Syncing;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public sealed record VerifyClear(TenantId Tenant, ProposalId Proposal) : DirectoryCommand, IQueuedCommand
{
    public static VerifyClear Of(Proposal proposal) => new(proposal.Tenant, proposal.Id) { TraceParent = proposal.TraceParent };

    public override string Subject() => Proposal.ToString();

    static string IQueuedCommand.QueueName => QueueNames.Verifications;
}

public enum VerifyOutcome
{
    Verified,

    /// <summary>No match yet; another look is queued.</summary>
    Waiting,

    /// <summary>Something else happened, or nothing until the deadline.</summary>
    Inconclusive,

    /// <summary>Not cleared, or another message looks after it.</summary>
    NotDue,
}

/// <summary>Proves that the next sync matched the right account, or says what happened instead.</summary>
public sealed class VerifyClearHandler(
    ITenantStore tenants,
    IProposalStore proposals,
    ProposalLedger ledger,
    BreakerLedger counting,
    MatchCheck match,
    PartnerProvisioning provisioning,
    ICommandQueue queue,
    IOptionsMonitor<ClearingOptions> options,
    TimeProvider clock,
    ILogger<VerifyClearHandler> logger)
{
    public async Task<VerifyOutcome> HandleAsync(VerifyClear command, CancellationToken cancellationToken)
    {
        var outcome = await VerifyAsync(command, cancellationToken);
        logger.ClearVerified(command.Tenant, command.Proposal, outcome);
        return outcome;
    }

    private async Task<VerifyOutcome> VerifyAsync(VerifyClear command, CancellationToken cancellationToken)
    {
        var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;
        var now = clock.GetUtcNow();

        // Two messages may look after one proposal after a crash; the one that comes before its time steps back.
        if (found is not { Item.Status: ProposalStatus.Cleared } || tenant is null
            || now < found.Item.NextCheckAt - TimeSpan.FromSeconds(1))
        {
            // An earlier delivery may have died between an end and its event.
            await ledger.SettleAsync(found?.Item, cancellationToken);
            return VerifyOutcome.NotDue;
        }

        var proposal = found.Item;
        var sinceClear = now - proposal.ClearedAt!.Value;
        var atDeadline = sinceClear > TimeSpan.FromHours(tenant.Policy.VerificationDeadlineHours);
        var result = await match.ReadAsync(tenant, proposal, atDeadline, cancellationToken);

        if (result is { Outcome: not MatchOutcome.ClearNotShown })
        {
            var good = result.Outcome is MatchOutcome.Matched;
            var ended = good ? proposal.Verify(now) : proposal.Doubt(result.Outcome, result.Text!, now);

            // Where no match was expected, its absence is the only end there is, and says nothing of the tenant.
            var counts = result.Outcome is not MatchOutcome.NoMatch || proposal.Evidence.ExpectedAnchor is not null;

            return await counting.TryMoveAsync(
                found, ended, state => counts ? state.CountOutcome(good, tenant.Policy, now) : state, cancellationToken) is null ? VerifyOutcome.NotDue
                : good ? VerifyOutcome.Verified
                : VerifyOutcome.Inconclusive;
        }

        var delay = options.CurrentValue.NextDelay(sinceClear);

        // Only the look that wins this write asks Cloud Sync: of two messages one asks, and none when a restore was asked for meanwhile.
        if (await proposals.TryUpdateAsync(found, proposal.CheckAgain(now + delay), cancellationToken) is not { } waiting)
        {
            return VerifyOutcome.NotDue;
        }

        await queue.SendAsync(VerifyClear.Of(proposal), delay, cancellationToken);

        if (result is null)
        {
            await AskAsync(tenant, waiting, cancellationToken);
        }

        return VerifyOutcome.Waiting;
    }

    private async Task AskAsync(Tenant tenant, Versioned<Proposal> waiting, CancellationToken cancellationToken)
    {
        var asked = await provisioning.AskAsync(tenant, waiting.Item, cancellationToken);

        if (asked.Provisioning != waiting.Item.Provisioning)
        {
            // If someone else moved it meanwhile, the trail has the answer all the same.
            await proposals.TryUpdateAsync(waiting, asked, cancellationToken);
        }
    }
}
