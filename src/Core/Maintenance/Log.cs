using Microsoft.Extensions.Logging;
using Reanchor.Tenants;

namespace Reanchor.Maintenance;

// Event ids 6000-6049. Alerts are keyed on them: never reuse one.
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "Maintenance sent {Resumed} interrupted steps again.")]
    public static partial void Maintained(this ILogger logger, int resumed);

    [LoggerMessage(6001, LogLevel.Error, "The queue {Queue} gave up on a message; see the audit event MessagePoisoned.")]
    public static partial void MessagePoisoned(this ILogger logger, string queue);

    [LoggerMessage(6002, LogLevel.Error, "Maintenance of tenant {TenantId} failed; the others go on.")]
    public static partial void TenantNotMaintained(this ILogger logger, Exception exception, TenantId tenantId);

    [LoggerMessage(6003, LogLevel.Error, "Maintenance was cut off after {Done} of {Tenants} tenants; the others are left to the next run.")]
    public static partial void MaintenanceCutOff(this ILogger logger, Exception exception, int done, int tenants);
}
