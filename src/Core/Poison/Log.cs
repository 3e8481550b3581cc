using Microsoft.Extensions.Logging;
using Reanchor.Tenants;

namespace Reanchor.Poison;

// Event ids 6050-6099.
internal static partial class Log
{
    [LoggerMessage(6050, LogLevel.Information, "Poison message {Item} of tenant {TenantId} was sent back to {Queue}.")]
    public static partial void PoisonSentBack(this ILogger logger, string queue, string item, TenantId tenantId);
}
