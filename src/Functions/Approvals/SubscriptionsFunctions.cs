using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Approvals;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Approvals;

/// <summary>For a workflow that waits for the decision on a batch: an HTTP Webhook action subscribes and unsubscribes.</summary>
public sealed class SubscriptionsFunctions(SubscribeHandler handler)
{
    private const int LongestAddress = 2000;

    [Function("Subscribe")]
    [Takes(typeof(SubscriptionBody))]
    [Answers(typeof(SubscriptionView), 201)]
    [RequiresRole(Role.Decide)]
    public async Task<IResult> SubscribeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "approvals/{batchId}/subscriptions")] HttpRequest request,
        string batchId,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync<SubscriptionBody>(request, whenEmpty: null, cancellationToken);
        var (key, badKey) = IdempotencyKey.Read(request);

        if (body is null || key is null)
        {
            return problem ?? badKey!;
        }

        if (body.CallbackUrl is not { Length: <= LongestAddress } || !Uri.TryCreate(body.CallbackUrl, UriKind.Absolute, out var address))
        {
            return Problems.BadRequest($"callbackUrl must be an https address of at most {LongestAddress} characters.");
        }

        if (!BatchId.TryParse(batchId, null, out var batch) || !request.HttpContext.GetCaller().Scope.Includes(batch.Tenant))
        {
            return BatchDecisionFunctions.NoSuchBatch;
        }

        var result = await handler.HandleAsync(new Subscribe(batch, key, address, request.HttpContext.GetCaller().Actor), cancellationToken);

        return result.Outcome switch
        {
            SubscribeOutcome.Subscribed => Answers.Json(new SubscriptionView(key), StatusCodes.Status201Created),
            SubscribeOutcome.NotFound => BatchDecisionFunctions.NoSuchBatch,
            SubscribeOutcome.AddressRefused => Problems.Unprocessable($"callbackUrl is not called back. {result.Explanation}"),
            SubscribeOutcome.IdTaken => Problems.Unprocessable("This Idempotency-Key stands for another subscription to this batch."),
            _ => Problems.Conflict($"A batch has at most {ApprovalBatch.MaxSubscriptions} subscriptions."),
        };
    }

    [Function("Unsubscribe")]
    [Answers(null, 204)]
    [RequiresRole(Role.Decide)]
    public async Task<IResult> UnsubscribeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "approvals/{batchId}/subscriptions/{subscriptionId}")] HttpRequest request,
        string batchId,
        string subscriptionId,
        CancellationToken cancellationToken) =>
        BatchId.TryParse(batchId, null, out var batch)
            && request.HttpContext.GetCaller().Scope.Includes(batch.Tenant)
            && await handler.HandleAsync(new Unsubscribe(batch, subscriptionId, request.HttpContext.GetCaller().Actor), cancellationToken)
            ? Results.NoContent()
            : Problems.NotFound("There is no such subscription of yours.");
}
