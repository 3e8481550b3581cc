using Microsoft.AspNetCore.Http;
using Reanchor.Proposals;

namespace Reanchor.Functions.Proposals;

/// <summary>What became of a decision, as callers are told.</summary>
internal static class DecisionText
{
    public static int StatusOf(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.NotFound => StatusCodes.Status404NotFound,
        DecisionOutcome.OwnRequest or DecisionOutcome.OwnImport or DecisionOutcome.NotAnApprover or DecisionOutcome.NotAPerson =>
            StatusCodes.Status403Forbidden,
        DecisionOutcome.Expired => StatusCodes.Status410Gone,
        _ => StatusCodes.Status409Conflict,
    };

    public static string? Explain(DecisionOutcome outcome) => outcome switch
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
        DecisionOutcome.Advice => "Kept as advice: the tenant's policy asks for people who sign in, or the connector does not say who answered.",
        _ => null,
    };
}
