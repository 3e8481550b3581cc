using System.Runtime.CompilerServices;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryFindingStore : IFindingStore
{
    private readonly Rows<Finding> _rows = new();

    public Task<Finding?> FindAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(Key(tenant, userId))?.Item);

    public Task<IReadOnlyList<Finding>> FindManyAsync(
        TenantId tenant, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>(
            [.. userIds.Distinct().Select(id => _rows.Find(Key(tenant, id))?.Item).OfType<Finding>()]);

    public Task SaveAsync(TenantId tenant, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        foreach (var finding in findings.DistinctBy(f => f.User.Id))
        {
            _rows.Put(Key(tenant, finding.User.Id), finding);
        }

        return Task.CompletedTask;
    }

    public Task<Page<Finding>> ListAsync(
        Scan scan, Classification? classification, int top, string? continuation, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Page(
            $"{scan.Tenant}|",
            f => IsOf(scan, f) && (classification is null || f.Classification == classification),
            top,
            continuation));

    public async IAsyncEnumerable<Guid> ListCandidatesAsync(
        Scan scan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (_, row) in _rows.List($"{scan.Tenant}|"))
        {
            if (IsOf(scan, row.Item) && row.Item.Classification is Classification.Candidate)
            {
                yield return row.Item.User.Id;
            }
        }
    }

    private static bool IsOf(Scan scan, Finding finding) => finding.Scan == scan.Id && finding.Pass == scan.Rewinds;

    private static string Key(TenantId tenant, Guid userId) => $"{tenant}|{userId:D}";
}
