using Reanchor.Access;

namespace Reanchor.Clearing;

/// <summary>Too many clears of a tenant ended badly; no more are made until somebody has looked into it.</summary>
/// <param name="Failures">Refusals and failed verifications among the outcomes.</param>
/// <param name="Outcomes">How many were looked at.</param>
/// <param name="MaxFailurePercent">What the policy allowed.</param>
public sealed record Quarantine(DateTimeOffset At, int Failures, int Outcomes, int MaxFailurePercent)
{
    public QuarantineLift? Lifted { get; init; }
}

public sealed record QuarantineLift(Actor By, DateTimeOffset At, string Reason);
