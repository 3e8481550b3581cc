using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

// Event ids 7000-7099. Alerts are keyed on them: never reuse one. No names or addresses, only ids.
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Error, "Denied a call of {FunctionName}: it has no access rule.")]
    public static partial void FunctionWithoutRule(this ILogger logger, string functionName);

    [LoggerMessage(7001, LogLevel.Warning, "Denied {Kind} {CallerId} a call of {FunctionName} for tenant {TenantId}: {Decision}.")]
    public static partial void Denied(
        this ILogger logger, string functionName, AccessDecision decision, ActorKind kind, string callerId, TenantId? tenantId);

    [LoggerMessage(7002, LogLevel.Error, "Cannot check tokens: {Authority} does not answer.")]
    public static partial void AuthorityDoesNotAnswer(this ILogger logger, Exception exception, string authority);

    [LoggerMessage(7003, LogLevel.Warning, "Refused a call of {FunctionName} without a sign-in: {Reason}.")]
    public static partial void TokenRefused(this ILogger logger, string functionName, string reason);
}
