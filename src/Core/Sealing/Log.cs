using Microsoft.Extensions.Logging;
using Reanchor.Tenants;

namespace Reanchor.Sealing;

// Event ids 5000-5099. Alerts are keyed on them: never reuse one.
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "Seal {Sequence} of tenant {TenantId} covers {Count} events.")]
    public static partial void TrailSealed(this ILogger logger, TenantId tenantId, long sequence, int count);

    [LoggerMessage(5001, LogLevel.Error, "The trail of tenant {TenantId} could not be sealed; the others go on.")]
    public static partial void TrailNotSealed(this ILogger logger, Exception exception, TenantId tenantId);

    [LoggerMessage(5002, LogLevel.Critical, "The trail of tenant {TenantId} is not intact: {Faults} faults. See GET .../audit/verify.")]
    public static partial void TrailDamaged(this ILogger logger, TenantId tenantId, int faults);

    [LoggerMessage(5003, LogLevel.Critical, "No key that is known stamped seal {Sequence} of tenant {TenantId}; its trail is not sealed. See GET .../audit/verify.")]
    public static partial void SealNotGenuine(this ILogger logger, TenantId tenantId, long sequence);

    [LoggerMessage(5004, LogLevel.Critical, "Seal {Sequence} of tenant {TenantId} bears a date that is still to come ({Until:u}, swept at {SweptAt:u}); its trail is not sealed.")]
    public static partial void SealIsAhead(this ILogger logger, TenantId tenantId, long sequence, DateTimeOffset until, DateTimeOffset sweptAt);
}
