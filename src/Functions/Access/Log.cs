using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

// Event ids 7000-7099. Alerts are keyed on them: never reuse one. No names or addresses of users, only ids; of an attacker the network.
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
    public static partial void SignInRefused(this ILogger logger, string functionName, string reason);

    [LoggerMessage(7004, LogLevel.Warning, "The token of {CallerId} leaves out their groups, which are too many: access given to a group does not count for them.")]
    public static partial void GroupsLeftOut(this ILogger logger, string callerId);

    [LoggerMessage(7005, LogLevel.Warning, "Too many sign-ins from {Network} have failed; further ones are answered with 429 for a while. Told once a minute.")]
    public static partial void TooManyFailures(this ILogger logger, string network);

    [LoggerMessage(7006, LogLevel.Warning, "{Caller} calls too often; further calls are answered with 429 for a while. Told once a minute.")]
    public static partial void TooManyCalls(this ILogger logger, string caller);

    [LoggerMessage(7007, LogLevel.Warning, "Refused {Kind} {CallerId} a call of {FunctionName}: the address holds what no id looks like.")]
    public static partial void AddressRefused(this ILogger logger, string functionName, ActorKind kind, string callerId);
}
