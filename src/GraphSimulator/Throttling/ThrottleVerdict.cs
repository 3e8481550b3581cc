namespace Reanchor.GraphSimulator;

/// <summary>What a request costs, and whether there was enough left for it.</summary>
internal sealed record ThrottleVerdict
{
    public required int ResourceUnits { get; init; }

    /// <summary>Seconds to wait; null when the request may go on.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Share of the tightest limit in use, sent from 0.8 on.</summary>
    public double UsedShare { get; init; }

    /// <summary><c>Tenant_Application</c>, <c>Tenant</c> or <c>Application</c>.</summary>
    public string Scope { get; init; } = "Tenant_Application";

    public string Limit { get; init; } = "ReadWrite";

    public string Information { get; init; } = "ResourceUnitLimitExceeded";
}
