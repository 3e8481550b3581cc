using Azure.Data.Tables;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>
/// Beside the breakers: PartitionKey = tenant, RowKey = <c>!trail-check</c>. Not beside the seals, whose table only grows: this row is written
/// again each time.
/// </summary>
public sealed class TableTrailCheckStore(TableServiceClient service) : ITrailCheckStore
{
    private const string RowKey = "!trail-check";

    private readonly TableClient _table = service.GetTableClient(TableNames.Proposals);

    public async Task<TrailCheck?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<TrailCheck>(_table, tenant.ToString(), RowKey, cancellationToken))?.Item;

    public Task SaveAsync(TrailCheck check, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        JsonRow.Of(check.Tenant.ToString(), RowKey, check), TableUpdateMode.Replace, cancellationToken);
}
