using System.Text.RegularExpressions;

namespace Reanchor.GraphSimulator;

/// <summary>A rule that makes matching requests fail. Conditions left null match anything, so a fault with a tenant alone is a tenant that is down.</summary>
public sealed record Fault
{
    public required FaultKind Kind { get; init; }
    public Guid? TenantId { get; init; }
    public string? Method { get; init; }

    /// <summary>Start of the path after the version, such as <c>/users</c>.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>A regular expression over path and query after the version.</summary>
    public string? Pattern { get; init; }

    /// <summary>How many matching requests fail before the rule is spent; null for all.</summary>
    public int? Count { get; init; }

    /// <summary>How many matching requests pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>Chance that a matching request fails, 0 to 1. The draws are the same on every run.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Seconds; null leaves the header out.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>For <see cref="FaultKind.Delay"/>.</summary>
    public TimeSpan Delay { get; init; }

    internal bool Matches(Guid tenantId, string method, string target) =>
        (TenantId is null || TenantId == tenantId)
        && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (PathPrefix is null || target.StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase))
        && (Pattern is null || Regex.IsMatch(target, Pattern, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)));
}
