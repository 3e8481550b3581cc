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

    [LoggerMessage(4003, LogLevel.Warning, "The answer to a write for {ProposalId} in tenant {TenantId} is lost; the user is read instead. {Why}")]
    public static partial void AnswerLost(this ILogger logger, TenantId tenantId, ProposalId proposalId, string why);

    [LoggerMessage(4004, LogLevel.Warning, "A write for {ProposalId} in tenant {TenantId} was accepted but could not be read back yet. {Why}")]
    public static partial void NotReadBack(this ILogger logger, TenantId tenantId, ProposalId proposalId, string why);

    [LoggerMessage(4005, LogLevel.Warning, "A write for {ProposalId} in tenant {TenantId} was refused, and whether for the user's roles could not be read. {Why}")]
    public static partial void RolesNotRead(this ILogger logger, TenantId tenantId, ProposalId proposalId, string why);

    [LoggerMessage(4010, LogLevel.Warning, "Writes to tenant {TenantId} were switched; paused: {Paused}.")]
    public static partial void TenantSwitched(this ILogger logger, TenantId tenantId, bool paused);

    [LoggerMessage(4011, LogLevel.Warning, "Tenant {TenantId} has had its {Clears} clears of this hour; the others wait.")]
    public static partial void ClearLimitReached(this ILogger logger, TenantId tenantId, int clears);

    [LoggerMessage(4012, LogLevel.Error, "Tenant {TenantId} is in quarantine: {Failures} of its latest {Outcomes} clears ended badly.")]
    public static partial void TenantQuarantined(this ILogger logger, TenantId tenantId, int failures, int outcomes);

    [LoggerMessage(4014, LogLevel.Warning, "Writes to every tenant were switched; stopped: {Stopped}.")]
    public static partial void EverythingSwitched(this ILogger logger, bool stopped);

    [LoggerMessage(4015, LogLevel.Warning, "The work of tenant {TenantId} was not taken up again after the stop; maintenance will.")]
    public static partial void WorkNotResumed(this ILogger logger, Exception exception, TenantId tenantId);

    [LoggerMessage(4013, LogLevel.Warning, "The quarantine of tenant {TenantId} was lifted.")]
    public static partial void QuarantineLifted(this ILogger logger, TenantId tenantId);
}
