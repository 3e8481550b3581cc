using Reanchor.Tenants;

namespace Reanchor.Access;

public sealed record IssueCollectorKey(TenantId Tenant, CollectorId Collector, Actor IssuedBy);

public enum IssueCollectorKeyOutcome
{
    Issued,

    /// <summary>The tenant is not registered, or does not expect the collector.</summary>
    NotExpected,

    /// <summary>Someone else changed the collector's keys at this moment.</summary>
    LostRace,
}

/// <param name="Key">The only time that it is seen.</param>
public sealed record IssueCollectorKeyResult(IssueCollectorKeyOutcome Outcome, CollectorKey? Key = null, IssuedKey? Issued = null);

public sealed class IssueCollectorKeyHandler(
    ITenantStore tenants, ICollectorKeyStore keys, CollectorKeyLedger ledger, TimeProvider clock)
{
    public async Task<IssueCollectorKeyResult> HandleAsync(IssueCollectorKey command, CancellationToken cancellationToken)
    {
        if (!await tenants.ExpectsAsync(command.Tenant, command.Collector, cancellationToken))
        {
            return new(IssueCollectorKeyOutcome.NotExpected);
        }

        var key = CollectorKey.New(command.Tenant, command.Collector);
        var found = await keys.FindAsync(command.Tenant, command.Collector, cancellationToken);
        var issued = (found?.Item ?? new() { Tenant = command.Tenant, Collector = command.Collector })
            .Issue(key, command.IssuedBy, clock.GetUtcNow());

        return (found is null
                ? await ledger.TryAddAsync(issued, cancellationToken)
                : await ledger.TryMoveAsync(found, issued, cancellationToken) is not null)
            ? new(IssueCollectorKeyOutcome.Issued, key, issued.Current)
            : new(IssueCollectorKeyOutcome.LostRace);
    }
}
