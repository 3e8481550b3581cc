using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Approvals;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Functions.Proposals;
using Reanchor.Proposals;

namespace Reanchor.Functions.Approvals;

public sealed class BatchDecisionFunctions(AnswerBatchHandler handler)
{
    private const int LongestName = 256;

    [Function("AnswerBatch")]
    [Takes(typeof(BatchDecisionBody))]
    [Answers(typeof(BatchAnswerView))]
    [RequiresRole(Role.Decide)]
    public async Task<IResult> AnswerAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "approvals/{batchId}/decision")] HttpRequest request,
        string batchId,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync<BatchDecisionBody>(request, whenEmpty: null, cancellationToken);
        var (key, badKey) = IdempotencyKey.Read(request);

        if (body is null || key is null)
        {
            return problem ?? badKey!;
        }

        if (ReasonText.Check(body.Reason) is { } badReason)
        {
            return Problems.BadRequest(badReason);
        }

        if (body.AnsweredBy?.Name?.Length > LongestName)
        {
            return Problems.BadRequest($"answeredBy.name has at most {LongestName} characters.");
        }

        var (batch, refusal) = Find(request, batchId);

        if (batch is null)
        {
            return refusal!;
        }

        var result = await handler.HandleAsync(
            new(batch, body.Decision, body.Digest, body.Reason, AnsweredBy(batch, body), key, request.HttpContext.GetCaller().Actor), cancellationToken);

        return result.Outcome switch
        {
            AnswerBatchOutcome.Recorded => Answers.Json(BatchAnswerView.Of(result.Batch!)),
            AnswerBatchOutcome.NotFound => NoSuchBatch,
            AnswerBatchOutcome.Expired => Problems.Gone("The batch has expired. The next scan proposes again what still holds."),
            AnswerBatchOutcome.KeyReused => Problems.Unprocessable("This Idempotency-Key came with another report before. The first one counts."),
            AnswerBatchOutcome.AnsweredBefore => Problems.Conflict("The batch was answered before. The first answer counts."),
            _ => Problems.Conflict("The digest is not this batch's: what was answered is not what was asked."),
        };
    }

    internal static IResult NoSuchBatch => Problems.NotFound("There is no such batch.");

    /// <summary>The gate knows tenants by the address alone, and this one names none.</summary>
    /// <returns>The id, or the problem to answer with; never both.</returns>
    internal static (BatchId? Batch, IResult? Refusal) Find(HttpRequest request, string batchId) =>
        !BatchId.TryParse(batchId, null, out var batch) ? (null, NoSuchBatch)
        : request.HttpContext.RefuseOutside(batch.Tenant, NoSuchBatch) is { } refusal ? (null, refusal)
        : (batch, null);

    private static AssertedAnswer AnsweredBy(BatchId batch, BatchDecisionBody body) => new(
        batch.Value, Id(body.AnsweredBy?.ObjectId), Id(body.AnsweredBy?.TenantId), body.AnsweredBy?.Name is { Length: > 0 } name ? name : null);

    private static Guid? Id(string? text) => EntraId.TryParse(text, out var id) ? id : null;
}

/// <summary>What came of a report. The same each time the same report comes.</summary>
/// <param name="Detail">Whether the answer decided anything, for a person.</param>
public sealed record BatchAnswerView(BatchId BatchId, BatchDecision Decision, string Detail, IReadOnlyList<BatchItemView> Items)
{
    public static BatchAnswerView Of(ApprovalBatch batch)
    {
        var results = batch.Answer!.Results!;
        var advice = results.Count(r => r.Outcome is DecisionOutcome.Advice);

        return new(
            batch.Id,
            batch.Answer.Decision,
            batch.Answer.Decision is BatchDecision.NoAnswer
                ? $"Noted that nobody answered. The proposals wait in the console until {batch.ExpiresAt.UtcDateTime:u}."
                : $"{results.Count(r => r.Outcome is DecisionOutcome.Recorded)} decided, {advice} kept as advice, {results.Count - advice - results.Count(r => r.Outcome is DecisionOutcome.Recorded)} not taken."
                    + (advice > 0 ? " Advice decides nothing: the tenant's policy asks for people who sign in, in the console." : ""),
            [.. results.Select(BatchItemView.Of)]);
    }
}

public sealed record BatchItemView(ProposalId ProposalId, DecisionOutcome Outcome, string? Detail, ProposalStatus? Status)
{
    public static BatchItemView Of(BatchResult result) => new(result.Proposal, result.Outcome, DecisionText.Explain(result.Outcome), result.Status);
}
