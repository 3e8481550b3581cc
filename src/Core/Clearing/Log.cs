using Microsoft.Extensions.Logging;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

// Event ids 4000-4099. Alerts are keyed on them: never reuse one. No names or addresses, only ids.
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "Clear of {ProposalId} in tenant {TenantId}: {Outcome}.")]
    public static partial void ClearApplied(
        this ILogger logger, TenantId tenantId, ProposalId proposalId, ClearOutcome outcome);

    [LoggerMessage(4001, LogLevel.Information, "Verification of {ProposalId} in tenant {TenantId}: {Outcome}.")]
    public static partial void ClearVerified(
        this ILogger logger, TenantId tenantId, ProposalId proposalId, VerifyOutcome outcome);

    [LoggerMessage(4002, LogLevel.Information, "Restore of {ProposalId} in tenant {TenantId}: {Outcome}.")]
    public static partial void AnchorRestored(
        this ILogger logger, TenantId tenantId, ProposalId proposalId, RestoreOutcome outcome);
}
