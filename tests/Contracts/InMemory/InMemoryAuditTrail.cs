using System.Runtime.CompilerServices;
using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryAuditTrail : IAuditTrail
{
    private readonly Rows<AuditEntry> _rows = new();
    private readonly List<AuditEntry> _appended = [];

    /// <summary>Each event once, in the order in which it became durable.</summary>
    public IReadOnlyList<AuditEntry> Entries => _appended;

    public IReadOnlyList<string> Types => [.. _appended.Select(e => e.Type)];

    /// <summary>How often an event was told, whether it was on record already or not.</summary>
    public int Told { get; private set; }

    /// <summary>Runs once, just before the next append: throw to lose the event.</summary>
    public Action<AuditEvent>? BeforeNextAppend { get; set; }

    public Task AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        var hook = BeforeNextAppend;
        BeforeNextAppend = null;
        hook?.Invoke(auditEvent);
        Told++;
        var entry = Samples.AuditStamp.Put(AuditEntry.Of(auditEvent));

        if (_rows.TryAdd(Key(entry), entry))
        {
            _appended.Add(entry);
        }

        return Task.CompletedTask;
    }

    public Task<Page<AuditEntry>> ListAsync(
        AuditQuery query, int top, string? continuation, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Page(
            $"{query.Tenant}|",
            e => !(e.At < query.From) && !(e.At >= query.To)
                && (query.UserId is null || e.UserId == query.UserId)
                && (query.Type is null || e.Type == query.Type)
                && (query.ActorId is null || e.Actor.Id == query.ActorId),
            top,
            continuation));

    public async IAsyncEnumerable<AuditRow> ReadAsync(
        TenantId tenant, DateTimeOffset? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (key, row) in _rows.List($"{tenant}|"))
        {
            if (!(row.Item.At < from))
            {
                yield return new(key, EventKey.Of(row.Item), row.Item);
            }
        }
    }

    public async IAsyncEnumerable<TenantId> ListTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var tenant in _rows.List("").Select(r => r.Value.Item.Tenant).Distinct())
        {
            yield return tenant;
        }
    }

    /// <summary>Writes or overwrites a row behind Reanchor's back.</summary>
    public void Tamper(AuditEntry entry) => _rows.Put(Key(entry), entry);

    /// <summary>Removes a row behind Reanchor's back.</summary>
    public void Cut(AuditEntry entry) => _rows.TryRemove(Key(entry), _rows.Find(Key(entry))!.Version);

    private static string Key(AuditEntry entry) => $"{entry.Tenant}|{DateTime.MaxValue.Ticks - entry.At.UtcTicks:d19}-{entry.Id}";
}
