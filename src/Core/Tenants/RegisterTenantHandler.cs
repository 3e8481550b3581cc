using Reanchor.Access;

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

public sealed class RegisterTenantHandler(ITenantStore tenants, TenantLedger ledger, TimeProvider clock)
{
    public async Task<(RegisterTenantOutcome Outcome, Tenant Tenant)> HandleAsync(
        RegisterTenant command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await tenants.FindEvenRemovedAsync(command.Settings.Id, cancellationToken);
        var before = found is { Item.IsRemoved: false } ? found.Item with { Change = null } : null;
        var settings = command.Settings with { ChangedAt = now, Change = new(command.RequestedBy, now, before) };

        if (command.ChangedAt is { } read && before?.ChangedAt != read)
        {
            return (RegisterTenantOutcome.LostRace, settings);
        }

        var written = found is null
            ? await ledger.TryAddAsync(settings, cancellationToken)
            : await ledger.TryMoveAsync(found, settings, cancellationToken) is not null;

        return (
            !written ? RegisterTenantOutcome.LostRace
            : before is null ? RegisterTenantOutcome.Registered
            : RegisterTenantOutcome.Changed,
            settings);
    }
}
