using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Functions.Proposals;

public sealed class DecisionsFunctions(DecideProposalHandler decide)
{
    [Function("DecideProposal")]
    [RequiresRole(Role.Approve)]
    public async Task<IResult> DecideAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/proposals/{proposalId}/decision")] HttpRequest request,
        string tenantId,
        string proposalId,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync<DecisionBody>(request, whenEmpty: null, cancellationToken);

        if (body is null)
        {
            return problem!;
        }

        if (ReasonText.Check(body.Reason) is { } badReason)
        {
            return Problems.BadRequest(badReason);
        }

        if (!ProposalId.TryParse(proposalId, null, out var id))
        {
            return Problems.NotFound(Explain(DecisionOutcome.NotFound)!);
        }

        var caller = request.HttpContext.GetCaller();
        var result = await decide.HandleAsync(
            new(
                TenantId.Parse(tenantId, null), id, body.Decision is DecisionKind.Approve, body.Digest, body.Reason, caller.Actor)
            {
                MemberOf = caller.Groups,
            },
            cancellationToken);

        return result.Outcome is DecisionOutcome.Recorded
            ? Answers.Json(ProposalView.Of(result.Proposal!))
            : Problems.Of(StatusOf(result.Outcome), Explain(result.Outcome)!);
    }

    [Function("DecideProposals")]
    [MaxBody(4 * 1024 * 1024)]
    [RequiresRole(Role.Approve)]
    public async Task<IResult> DecideManyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/decisions")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync<DecisionsBody>(request, whenEmpty: null, cancellationToken);

        if (body is null)
        {
            return problem!;
        }

        // All are checked before the first one is made.
        if (Check(body).ToList() is { Count: > 0 } errors)
        {
            return Problems.BadRequest("None of the decisions was made.", errors);
        }

        var caller = request.HttpContext.GetCaller();
        var items = new List<object>();

        foreach (var one in body.Decisions)
        {
            var result = await decide.HandleAsync(
                new(
                    TenantId.Parse(tenantId, null), one.ProposalId, one.Decision is DecisionKind.Approve, one.Digest, one.Reason,
                    caller.Actor)
                {
                    MemberOf = caller.Groups,
                },
                cancellationToken);

            items.Add(new
            {
                one.ProposalId,
                result.Outcome,
                Detail = Explain(result.Outcome) ?? StillNeeds(result.Proposal!),
                result.Proposal?.Status,
            });
        }

        return Answers.Json(new { items });
    }

    private static IEnumerable<ProblemError> Check(DecisionsBody body)
    {
        if (body.Decisions is null or { Count: 0 or > DecisionsBody.Limit })
        {
            yield return new($"decisions must have 1 to {DecisionsBody.Limit} entries.", "decisions");
            yield break;
        }

        for (var i = 0; i < body.Decisions.Count; i++)
        {
            if (body.Decisions[i] is not { } one)
            {
                yield return new("A decision may not be null.", $"decisions[{i}]");
            }
            else if (ReasonText.Check(one.Reason) is { } badReason)
            {
                yield return new(badReason, $"decisions[{i}].reason");
            }
        }
    }

    private static string? StillNeeds(Proposal proposal) => proposal.Status is ProposalStatus.Pending
        ? "This is one of two approvals. Another person has to approve it."
        : null;

    private static int StatusOf(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.NotFound => StatusCodes.Status404NotFound,
        DecisionOutcome.OwnRequest or DecisionOutcome.OwnImport or DecisionOutcome.NotAnApprover or DecisionOutcome.NotAPerson =>
            StatusCodes.Status403Forbidden,
        DecisionOutcome.Expired => StatusCodes.Status410Gone,
        _ => StatusCodes.Status409Conflict,
    };

    private static string? Explain(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.NotFound => "There is no such proposal.",
        DecisionOutcome.OwnRequest => "You asked for this proposal, or asked for or resumed the scan that made it. Someone else has to approve it.",
        DecisionOutcome.OwnImport => "You handed in an inventory that this proposal rests on. Someone else has to approve it.",
        DecisionOutcome.ApprovedBefore => "You have approved this before. The second approval has to be someone else's.",
        DecisionOutcome.NotAnApprover =>
            "The tenant's policy names who may approve (approverIds), and you are not among them. "
            + "If a group of yours is, its id has to be in your access token's groups claim.",
        DecisionOutcome.NotAPerson => "Only a person who signs in may decide. A workflow reports answers at /approvals/{batchId}/decision.",
        DecisionOutcome.Expired => "The proposal has expired. The next scan proposes it again if it still holds.",
        DecisionOutcome.AlreadyDecided => "The proposal is no longer pending. Read it to see who decided what.",
        DecisionOutcome.Changed => "The digest is not this proposal's. Read the proposal again and decide on what it says now.",
        _ => null,
    };
}
