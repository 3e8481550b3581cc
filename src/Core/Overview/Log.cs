using Microsoft.Extensions.Logging;
using Reanchor.Tenants;

namespace Reanchor.Overview;

// Event ids 8200-8209.
internal static partial class Log
{
    [LoggerMessage(8200, LogLevel.Warning, "The overview of tenant {TenantId} lacks its {Part}: it could not be read in time.")]
    public static partial void PartNotRead(this ILogger logger, Exception exception, TenantId tenantId, string part);
}
