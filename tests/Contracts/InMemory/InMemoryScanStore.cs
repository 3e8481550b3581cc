using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryScanStore : IScanStore
{
    private readonly Lock _starting = new();
    private readonly Rows<Scan> _rows = new();
    private readonly Dictionary<(TenantId Tenant, string Key), ScanId> _startedByKey = [];

    /// <summary>Runs once, just before the next update: someone else's chance to write first.</summary>
    public Action? BeforeNextUpdate { get; set; }

    public Task<Versioned<Scan>?> FindAsync(TenantId tenant, ScanId scan, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(Key(tenant, scan)));

    public Task<Scan?> FindLatestAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Task.FromResult(Latest(tenant));

    public Task<Page<Scan>> ListAsync(
        TenantId tenant, int top, string? continuation, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Page($"{tenant}|", _ => true, top, continuation));

    public Task<ScanStart> TryStartAsync(Scan scan, string? idempotencyKey, CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            if (idempotencyKey is not null && _startedByKey.TryGetValue((scan.Tenant, idempotencyKey), out var before))
            {
                return Task.FromResult(new ScanStart(ScanStartOutcome.StartedBefore, _rows.Find(Key(scan.Tenant, before))!.Item));
            }

            if (Latest(scan.Tenant) is { HasEnded: false } running)
            {
                return Task.FromResult(new ScanStart(ScanStartOutcome.AlreadyRunning, running));
            }

            if (!_rows.TryAdd(Key(scan.Tenant, scan.Id), scan))
            {
                throw new InvalidOperationException($"Scan {scan.Id} exists: the clock must move on between two scans.");
            }

            if (idempotencyKey is not null)
            {
                _startedByKey.Add((scan.Tenant, idempotencyKey), scan.Id);
            }

            return Task.FromResult(new ScanStart(ScanStartOutcome.Started, scan));
        }
    }

    public Task<bool> TryReopenAsync(Versioned<Scan> ended, Scan reopened, CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            return Task.FromResult(
                Latest(reopened.Tenant)?.Id == reopened.Id
                && _rows.TryReplace(Key(reopened.Tenant, reopened.Id), ended.Version, reopened) is not null);
        }
    }

    public Task<Versioned<Scan>?> TryUpdateAsync(
        Versioned<Scan> current, Scan changed, CancellationToken cancellationToken)
    {
        var hook = BeforeNextUpdate;
        BeforeNextUpdate = null;
        hook?.Invoke();
        return Task.FromResult(_rows.TryReplace(Key(changed.Tenant, changed.Id), current.Version, changed));
    }

    private static string Key(TenantId tenant, ScanId scan) => $"{tenant}|{scan}";

    // Ids of later scans sort first.
    private Scan? Latest(TenantId tenant) => _rows.List($"{tenant}|").Select(r => r.Value.Item).FirstOrDefault();
}
