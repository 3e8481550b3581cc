using Reanchor.Access;
using Reanchor.Auditing;

namespace Reanchor.Tenants;

/// <param name="Settings">As they are to be; <see cref="Tenant.ChangedAt"/> is set by the handler.</param>
/// <param name="ChangedAt">As the caller read it; <see langword="null"/> when they did not.</param>
public sealed record RegisterTenant(Tenant Settings, Actor RequestedBy, DateTimeOffset? ChangedAt = null);

public enum RegisterTenantOutcome
{
    Registered,
    Changed,

    /// <summary>Someone else changed the tenant at this moment, or since the caller read it.</summary>
    LostRace,
}

public sealed class RegisterTenantHandler(ITenantStore tenants, IAuditTrail audit, TimeProvider clock)
{
    public async Task<(RegisterTenantOutcome Outcome, Tenant Tenant)> HandleAsync(
        RegisterTenant command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var settings = command.Settings with { ChangedAt = now };
        var header = new EventHeader(settings.Id, now, command.RequestedBy);
        var found = await tenants.FindAsync(settings.Id, cancellationToken);

        if (command.ChangedAt is { } read && found?.Item.ChangedAt != read)
        {
            return (RegisterTenantOutcome.LostRace, settings);
        }

        if (found is null)
        {
            if (!await tenants.TryAddAsync(settings, cancellationToken))
            {
                return (RegisterTenantOutcome.LostRace, settings);
            }

            await audit.AppendAsync(new TenantRegistered(header) { Settings = settings }, cancellationToken);
            return (RegisterTenantOutcome.Registered, settings);
        }

        if (await tenants.TryUpdateAsync(found, settings, cancellationToken) is null)
        {
            return (RegisterTenantOutcome.LostRace, settings);
        }

        await audit.AppendAsync(
            new TenantChanged(header) { Before = found.Item, After = settings }, cancellationToken);
        return (RegisterTenantOutcome.Changed, settings);
    }
}
