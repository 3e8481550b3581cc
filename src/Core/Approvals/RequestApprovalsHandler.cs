using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>Every step is safe to repeat. A mail is sent twice only if a crash hides that it was sent; both then carry the same tracking id.</summary>
public sealed class RequestApprovalsHandler(
    ITenantStore tenants,
    IBatchStore batches,
    BatchLedger ledger,
    BatchDraft draft,
    BatchAnswers answers,
    BatchClosing closing,
    IApprovalWorkflow workflow,
    ICommandQueue queue,
    IOptionsMonitor<ApprovalsOptions> options,
    TimeProvider clock,
    ILogger<RequestApprovalsHandler> logger)
{
    /// <summary>A workflow has two minutes to say that it has started.</summary>
    private static readonly TimeSpan AskClaim = TimeSpan.FromMinutes(3);

    /// <exception cref="WorkflowUnavailableException">The host's retries and the poison queue follow.</exception>
    public async Task<RequestApprovalsOutcome> HandleAsync(RequestApprovals command, CancellationToken cancellationToken)
    {
        var outcome = await AdvanceAsync(command, cancellationToken);
        logger.ApprovalsAdvanced(command.Tenant, command.Scan, outcome);
        return outcome;
    }

    private async Task<RequestApprovalsOutcome> AdvanceAsync(RequestApprovals command, CancellationToken cancellationToken)
    {
        var batch = (await batches.FindAsync(command.Tenant, command.Scan, cancellationToken))?.Item;
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (batch is null)
        {
            if (tenant is null || options.CurrentValue.WorkflowOf(tenant.Policy) is null)
            {
                return RequestApprovalsOutcome.Off;
            }

            var pending = await draft.PendingAsync(command.Tenant, command.Scan, cancellationToken);

            if (command.Seen != pending.Count)
            {
                await queue.SendAsync(command with { Seen = pending.Count }, options.CurrentValue.BatchDelay, cancellationToken);
                return RequestApprovalsOutcome.Waiting;
            }

            if (pending.Count == 0)
            {
                return RequestApprovalsOutcome.NothingToAsk;
            }

            await batches.TryAddAsync(BatchDraft.Of(command.Tenant, command.Scan, pending, clock.GetUtcNow()), cancellationToken);
            batch = (await batches.FindAsync(command.Tenant, command.Scan, cancellationToken))!.Item;
        }

        await ledger.SettleAsync(batch, cancellationToken);
        await answers.FinishAsync(batch, cancellationToken);

        if (await closing.TryCloseAsync(batch, cancellationToken))
        {
            return RequestApprovalsOutcome.Closed;
        }

        return batch.Run is not null || batch.Answer is not null ? RequestApprovalsOutcome.Asked : await AskAsync(command, tenant, cancellationToken);
    }

    private async Task<RequestApprovalsOutcome> AskAsync(RequestApprovals command, Tenant? tenant, CancellationToken cancellationToken)
    {
        if (tenant is null || options.CurrentValue.WorkflowOf(tenant.Policy) is not { } address)
        {
            return RequestApprovalsOutcome.Off;
        }

        var now = clock.GetUtcNow();
        var claimed = await ledger.ChangeAsync(
            command.Tenant, command.Scan, b => b.Run is null && !(b.AskClaimedUntil > now) ? b.ClaimAsk(now + AskClaim) : null, cancellationToken);

        if (claimed is null)
        {
            await queue.SendAsync(command, AskClaim, cancellationToken);
            return RequestApprovalsOutcome.Waiting;
        }

        var request = await draft.RequestAsync(tenant, claimed, cancellationToken);
        string? runId;

        try
        {
            runId = await workflow.AskAsync(address, $"reanchor-{claimed.Tenant}-{claimed.Scan}", request, cancellationToken);
        }
        catch (WorkflowUnavailableException)
        {
            // It said no, or nothing: the retry need not wait for the claim to run out.
            await ledger.ChangeAsync(command.Tenant, command.Scan, b => b.Run is null ? b with { AskClaimedUntil = null } : null, cancellationToken);
            throw;
        }

        var run = new WorkflowRun(tenant.Policy.ApprovalWorkflow, runId, clock.GetUtcNow());
        await ledger.ChangeAsync(command.Tenant, command.Scan, b => b.Run is null ? b.Asked(run) : null, cancellationToken);
        return RequestApprovalsOutcome.Asked;
    }
}
