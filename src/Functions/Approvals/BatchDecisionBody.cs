using Reanchor.Approvals;

namespace Reanchor.Functions.Approvals;

/// <summary>What a workflow reports; infra/approvals/approval.workflow.json sends the same members.</summary>
public sealed record BatchDecisionBody
{
    public required BatchDecision Decision { get; init; }

    /// <summary>The batch's digest, as the workflow was told.</summary>
    public required string Digest { get; init; }

    public required string Reason { get; init; }

    /// <summary>Left out, or all empty, when nobody answered.</summary>
    public AnsweredByBody? AnsweredBy { get; init; }
}

/// <summary>Who answered, as far as the connector says. An id that is none, such as an address, is as good as no id.</summary>
public sealed record AnsweredByBody
{
    public string? ObjectId { get; init; }

    public string? TenantId { get; init; }

    public string? Name { get; init; }
}

public sealed record SubscriptionBody
{
    public required string CallbackUrl { get; init; }
}
