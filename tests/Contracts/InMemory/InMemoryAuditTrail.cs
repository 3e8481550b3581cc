using Reanchor.Auditing;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryAuditTrail : IAuditTrail
{
    private readonly Rows<AuditEntry> _rows = new();
    private readonly List<AuditEntry> _appended = [];

    /// <summary>Each event once, in the order in which it became durable.</summary>
    public IReadOnlyList<AuditEntry> Entries => _appended;

    public IReadOnlyList<string> Types => [.. _appended.Select(e => e.Type)];

    /// <summary>Runs once, just before the next append: throw to lose the event.</summary>
    public Action<AuditEvent>? BeforeNextAppend { get; set; }

    public Task AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        var hook = BeforeNextAppend;
        BeforeNextAppend = null;
        hook?.Invoke(auditEvent);
        var entry = AuditEntry.Of(auditEvent);

        if (_rows.TryAdd($"{entry.Tenant}|{DateTime.MaxValue.Ticks - entry.At.UtcTicks:d19}-{entry.Id}", entry))
        {
            _appended.Add(entry);
        }

        return Task.CompletedTask;
    }

    public Task<Page<AuditEntry>> ListAsync(
        AuditQuery query, int top, string? continuation, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Page(
            $"{query.Tenant}|",
            e => !(e.At < query.From) && !(e.At >= query.To) && (query.UserId is null || e.UserId == query.UserId),
            top,
            continuation));
}
