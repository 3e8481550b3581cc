using Microsoft.Extensions.Logging;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

// Event ids 1100-1199. Alerts are keyed on them: never reuse one. Entra's own words may name a customer, so only its ids are logged.
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Error, "Application {ClientId} could not sign in to tenant {TenantId}: {Code}, trace id {TraceId}.")]
    public static partial void SignInFailed(this ILogger logger, TenantId tenantId, string? clientId, string code, string? traceId);
}
