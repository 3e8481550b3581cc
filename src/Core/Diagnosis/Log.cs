using Microsoft.Extensions.Logging;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Diagnosis;

// Event ids 2100-2199. No names or addresses, only ids.
internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Information, "Diagnosed user {UserId} of tenant {TenantId}: {Classification}.")]
    public static partial void UserDiagnosed(this ILogger logger, TenantId tenantId, Guid userId, Classification? classification);
}
