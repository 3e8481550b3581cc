using Microsoft.Extensions.Logging;
using Reanchor.Tenants;

namespace Reanchor.Proposals;

// Event ids 3000-3099. Alerts are keyed on them: never reuse one. No names or addresses, only ids.
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Proposal {ProposalId} in tenant {TenantId} was decided: {Status}.")]
    public static partial void ProposalDecided(
        this ILogger logger, TenantId tenantId, ProposalId proposalId, ProposalStatus status);

    [LoggerMessage(3001, LogLevel.Warning, "A decision on proposal {ProposalId} in tenant {TenantId} was refused: {Outcome}.")]
    public static partial void DecisionRefused(
        this ILogger logger, TenantId tenantId, ProposalId proposalId, DecisionOutcome outcome);

    [LoggerMessage(3002, LogLevel.Information, "Proposed to clear user {UserId} in tenant {TenantId}: {Outcome}.")]
    public static partial void ClearProposed(
        this ILogger logger, TenantId tenantId, Guid userId, ProposeOutcome outcome);

    [LoggerMessage(3003, LogLevel.Warning, "Somebody has to look at proposal {ProposalId} in tenant {TenantId}: {AuditEvent}.")]
    public static partial void EndedBadly(this ILogger logger, TenantId tenantId, ProposalId proposalId, string auditEvent);
}
