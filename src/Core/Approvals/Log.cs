using Microsoft.Extensions.Logging;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

// Event ids 3100-3149. No names or addresses, only ids.
internal static partial class Log
{
    [LoggerMessage(3100, LogLevel.Information, "Approvals of scan {ScanId} in tenant {TenantId}: {Outcome}.")]
    public static partial void ApprovalsAdvanced(this ILogger logger, TenantId tenantId, ScanId scanId, RequestApprovalsOutcome outcome);

    [LoggerMessage(3101, LogLevel.Information, "The batch of scan {ScanId} in tenant {TenantId} was answered: {Decision}.")]
    public static partial void BatchAnswered(this ILogger logger, TenantId tenantId, ScanId scanId, BatchDecision decision);

    [LoggerMessage(3102, LogLevel.Warning, "An answer to the batch of scan {ScanId} in tenant {TenantId} was refused: {Outcome}.")]
    public static partial void AnswerRefused(this ILogger logger, TenantId tenantId, ScanId scanId, AnswerBatchOutcome outcome);

    [LoggerMessage(3103, LogLevel.Warning, "A callback address for the batch of scan {ScanId} in tenant {TenantId} was refused: {Because}")]
    public static partial void CallbackRefused(this ILogger logger, TenantId tenantId, ScanId scanId, string because);

    [LoggerMessage(3104, LogLevel.Warning, "A callback for the batch of scan {ScanId} in tenant {TenantId} was given up: {Because}")]
    public static partial void CallbackGivenUp(this ILogger logger, TenantId tenantId, ScanId scanId, string because);

    [LoggerMessage(3105, LogLevel.Warning, "{CallerId} named a batch of scan {ScanId} in tenant {TenantId} that does not exist.")]
    public static partial void BatchUnknown(this ILogger logger, string callerId, TenantId tenantId, ScanId scanId);
}
