using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Json;
using Reanchor.Proposals;
using Reanchor.Queueing;

namespace Reanchor.Approvals;

/// <param name="Digest">The batch's, as it was asked.</param>
/// <param name="Reason">Not empty.</param>
/// <param name="AnsweredBy">Who is said to have answered; nothing in it is verified.</param>
/// <param name="Key">The report's idempotency key.</param>
public sealed record AnswerBatch(
    BatchId Batch, BatchDecision Decision, string Digest, string Reason, AssertedAnswer AnsweredBy, string Key, Actor RelayedBy);

/// <summary>Stored by name.</summary>
public enum AnswerBatchOutcome
{
    /// <summary>Taken, now or the first time that it came.</summary>
    Recorded,
    NotFound,

    /// <summary>The digest is not the batch's: something else was asked.</summary>
    Changed,

    /// <summary>Another report came first, and counts.</summary>
    AnsweredBefore,

    /// <summary>The same key came with another report before.</summary>
    KeyReused,

    Expired,
}

/// <param name="Batch">As it stands; <see langword="null"/> when there is none.</param>
public sealed record AnswerBatchResult(AnswerBatchOutcome Outcome, ApprovalBatch? Batch);

/// <summary>Takes a workflow's report of an answer: the first one, once.</summary>
public sealed class AnswerBatchHandler(
    IBatchStore batches,
    BatchLedger ledger,
    BatchAnswers answers,
    IAuditTrail audit,
    ICommandQueue queue,
    TimeProvider clock,
    ILogger<AnswerBatchHandler> logger)
{
    public async Task<AnswerBatchResult> HandleAsync(AnswerBatch command, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await batches.FindAsync(command.Batch.Tenant, command.Batch.Scan, cancellationToken);

            if (found?.Item.IsNamed(command.Batch) is not true)
            {
                logger.BatchUnknown(command.RelayedBy.Id, command.Batch.Tenant, command.Batch.Scan);
                return new(AnswerBatchOutcome.NotFound, null);
            }

            var now = clock.GetUtcNow();

            // Where two mails went out for one batch, that one of them found nobody does not take the other's answer away.
            if (found.Item.Answer is { } first && (first.Decision is not BatchDecision.NoAnswer || command.Decision is BatchDecision.NoAnswer || first.Key == command.Key))
            {
                var repeats = first.Key == command.Key && first.RelayedBy.Id == command.RelayedBy.Id;
                return !repeats ? await RefuseAsync(found.Item, command, AnswerBatchOutcome.AnsweredBefore, now, cancellationToken)
                    : first.Fingerprint != FingerprintOf(command) ? await RefuseAsync(found.Item, command, AnswerBatchOutcome.KeyReused, now, cancellationToken)
                    : await FinishAsync(found.Item, cancellationToken);
            }

            if (command.Digest != found.Item.Digest)
            {
                return await RefuseAsync(found.Item, command, AnswerBatchOutcome.Changed, now, cancellationToken);
            }

            // That nobody answered is worth knowing however late it is said.
            if (command.Decision is not BatchDecision.NoAnswer && now >= found.Item.ExpiresAt)
            {
                return await RefuseAsync(found.Item, command, AnswerBatchOutcome.Expired, now, cancellationToken);
            }

            var answer = new BatchAnswer(
                command.Decision, command.Reason, command.Key, FingerprintOf(command),
                command.Decision is BatchDecision.NoAnswer ? null : command.AnsweredBy, command.RelayedBy, now);
            await ledger.SettleAsync(found.Item, cancellationToken);

            if (await batches.TryUpdateAsync(found, found.Item.Hear(answer), cancellationToken) is { } heard)
            {
                await ledger.SettleAsync(heard.Item, cancellationToken);
                logger.BatchAnswered(heard.Item.Tenant, heard.Item.Scan, command.Decision);
                return await FinishAsync(heard.Item, cancellationToken);
            }
        }
    }

    private async Task<AnswerBatchResult> FinishAsync(ApprovalBatch batch, CancellationToken cancellationToken)
    {
        await answers.FinishAsync(batch, cancellationToken);
        await queue.SendAsync(new RequestApprovals(batch.Tenant, batch.Scan), TimeSpan.Zero, cancellationToken);
        return new(AnswerBatchOutcome.Recorded, (await batches.FindAsync(batch.Tenant, batch.Scan, cancellationToken))!.Item);
    }

    private async Task<AnswerBatchResult> RefuseAsync(
        ApprovalBatch batch, AnswerBatch command, AnswerBatchOutcome outcome, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await audit.AppendAsync(
            new BatchAnswerRefused(new(batch.Tenant, now, command.RelayedBy) { Scan = batch.Scan, Reason = command.Reason })
            {
                Batch = batch.Id,
                Decision = command.Decision,
                Outcome = outcome,
                Asserted = command.AnsweredBy,
            },
            cancellationToken);
        logger.AnswerRefused(batch.Tenant, batch.Scan, outcome);
        return new(outcome, batch);
    }

    private static string FingerprintOf(AnswerBatch command) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { command.Decision, command.Digest, command.Reason, command.AnsweredBy }, ReanchorJson.Options)));
}
