using Reanchor.Access;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Auditing;

/// <summary>What every event says: where, when, who, about what and why.</summary>
/// <param name="At">
/// The time kept in the state that the event tells of, not the time of writing: a step that runs twice tells the same event.
/// </param>
public sealed record EventHeader(TenantId Tenant, DateTimeOffset At, Actor Actor)
{
    public Guid? UserId { get; init; }

    public ProposalId? Proposal { get; init; }

    public ScanId? Scan { get; init; }

    public string? Reason { get; init; }
}
