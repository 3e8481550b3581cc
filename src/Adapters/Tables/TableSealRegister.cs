using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Reanchor.Adapters.Storage;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>Only ever adds rows. PartitionKey = tenant, RowKey = the seal's number counted down; the column <c>Hash</c>.</summary>
public sealed class TableSealRegister(TableServiceClient service) : ISealRegister
{
    private readonly TableClient _table = service.GetTableClient(TableNames.Seals);

    public Task AddAsync(Seal seal, CancellationToken cancellationToken) => JsonRow.AddOnceAsync(
        _table,
        new TableEntity(seal.Tenant.ToString(), CountedDown.Write(seal.Sequence)) { ["Hash"] = seal.Hash },
        cancellationToken);

    public async IAsyncEnumerable<RegisteredSeal> ListAsync(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()}");

        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (CountedDown.Read(row.RowKey) is { } sequence)
            {
                yield return new(sequence, row.TryGetValue("Hash", out var hash) ? hash as string ?? "" : "");
            }
        }
    }
}
