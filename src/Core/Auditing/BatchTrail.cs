using Reanchor.Access;
using Reanchor.Approvals;

namespace Reanchor.Auditing;

/// <summary>The events that a batch's state calls for; see <see cref="ProposalTrail"/>.</summary>
public static class BatchTrail
{
    public static IEnumerable<AuditEvent> EventsOf(ApprovalBatch batch)
    {
        if (batch.Run is { } run)
        {
            yield return new ApprovalsRequested(Header(batch, run.StartedAt, Actor.System))
            {
                Batch = batch.Id,
                Digest = batch.Digest,
                Proposals = batch.Items.Count,
                Workflow = run.Workflow,
                RunId = run.RunId,
                ExpiresAt = batch.ExpiresAt,
            };
        }

        if (batch.Answer is { } answer)
        {
            yield return new BatchAnswered(Header(batch, answer.At, answer.RelayedBy) with { Reason = answer.Reason })
            {
                Batch = batch.Id,
                Decision = answer.Decision,
                Asserted = answer.AnsweredBy,
            };
        }

        if (batch.End is { } end)
        {
            yield return new BatchClosed(Header(batch, end.At, Actor.System))
            {
                Batch = batch.Id,
                Outcome = end.Outcome,
                Approved = end.Approved,
                Rejected = end.Rejected,
                Undecided = end.Undecided,
            };
        }

        foreach (var told in batch.Subscriptions.SelectMany(s => EventsOf(batch, s)))
        {
            yield return told;
        }
    }

    private static IEnumerable<AuditEvent> EventsOf(ApprovalBatch batch, Subscription subscription)
    {
        var (id, host) = (subscription.Id, subscription.Host);
        yield return new CallbackSubscribed(Header(batch, subscription.SubscribedAt, subscription.SubscribedBy))
        {
            Batch = batch.Id, Subscription = id, Host = host,
        };

        if (subscription.RemovedAt is { } removed)
        {
            yield return new CallbackUnsubscribed(Header(batch, removed, subscription.SubscribedBy)) { Batch = batch.Id, Subscription = id, Host = host };
        }

        if (subscription.CalledAt is { } called)
        {
            yield return new CallbackMade(Header(batch, called, Actor.System)) { Batch = batch.Id, Subscription = id, Host = host };
        }

        if (subscription.FailedAt is { } failed)
        {
            yield return new CallbackFailed(Header(batch, failed, Actor.System) with { Reason = subscription.Failure })
            {
                Batch = batch.Id, Subscription = id, Host = host,
            };
        }
    }

    private static EventHeader Header(ApprovalBatch batch, DateTimeOffset at, Actor actor) => new(batch.Tenant, at, actor) { Scan = batch.Scan };
}
