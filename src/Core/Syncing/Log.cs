using Microsoft.Extensions.Logging;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Syncing;

// Event ids 4100-4199. No names or addresses, only ids.
internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Information, "Cloud Sync of tenant {TenantId}, asked for the partner of {ProposalId}: {Outcome}.")]
    public static partial void ProvisioningAnswered(
        this ILogger logger, TenantId tenantId, ProposalId proposalId, ProvisioningOutcome outcome);

    [LoggerMessage(4101, LogLevel.Warning, "Cloud Sync of tenant {TenantId} gave no answer about the partner of {ProposalId}; the next look asks again. {Why}")]
    public static partial void ProvisioningUnanswered(this ILogger logger, TenantId tenantId, ProposalId proposalId, string why);
}
