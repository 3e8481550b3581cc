using Reanchor.Proposals;

namespace Reanchor.Approvals;

/// <summary>Carries the answer to a batch to each of its proposals.</summary>
public sealed class BatchAnswers(DecideProposalHandler decide, BatchLedger ledger)
{
    /// <summary>Safe to repeat: a proposal hears the answer to one batch once.</summary>
    /// <returns>What came of it for each, or <see langword="null"/> when there is no answer.</returns>
    public async Task<IReadOnlyList<BatchResult>?> FinishAsync(ApprovalBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Answer is not { Results: null } answer)
        {
            return batch.Answer?.Results;
        }

        var results = new List<BatchResult>();

        if (answer is { Decision: not BatchDecision.NoAnswer, AnsweredBy: { } answeredBy })
        {
            foreach (var item in batch.Items)
            {
                var result = await decide.HandleAsync(
                    new(batch.Tenant, item.Proposal, answer.Decision is BatchDecision.Approve, item.Digest, answer.Reason, answer.RelayedBy)
                    {
                        Asserted = answeredBy,
                        AnsweredAt = answer.At,
                    },
                    cancellationToken);
                results.Add(new(item.Proposal, result.Outcome, result.Proposal?.Status));
            }
        }

        var finished = await ledger.ChangeAsync(
            batch.Tenant, batch.Scan, b => b.Answer is { Results: null } ? b.Finish(results) : b, cancellationToken);
        return finished!.Answer!.Results;
    }
}
