using Azure;
using Azure.Data.Tables;
using Reanchor.Clearing;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>Beside the proposals, so that one transaction covers both: PartitionKey = tenant, RowKey = <c>!breakers</c>.</summary>
public sealed class TableBreakerStore(TableServiceClient service) : IBreakerStore
{
    private const string RowKey = "!breakers";
    private const string NotStored = "";

    private readonly TableClient _table = service.GetTableClient(TableNames.Proposals);

    public async Task<Versioned<TenantBreakers>> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await JsonRow.FindAsync<TenantBreakers>(_table, tenant.ToString(), RowKey, cancellationToken)
        ?? new(new() { Tenant = tenant }, NotStored);

    public async Task<bool> TryUpdateAsync(
        Versioned<TenantBreakers> current, TenantBreakers changed, CancellationToken cancellationToken) =>
        current.Version == NotStored
            ? await JsonRow.TryAddAsync(_table, Row(changed), cancellationToken)
            : await JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken) is not null;

    public async Task<JointUpdate> TryUpdateAsync(
        Versioned<TenantBreakers> current,
        TenantBreakers changed,
        Versioned<Proposal> proposal,
        Proposal moved,
        CancellationToken cancellationToken)
    {
        var row = TableProposalStore.Row(moved);
        JsonRow.Mark(row);
        TableTransactionAction[] actions =
        [
            current.Version == NotStored
                ? new(TableTransactionActionType.Add, Row(changed))
                : new(TableTransactionActionType.UpdateReplace, Row(changed), new ETag(current.Version)),
            new(TableTransactionActionType.UpdateReplace, row, new ETag(proposal.Version)),
        ];

        try
        {
            var response = await _table.SubmitTransactionAsync(actions, cancellationToken);
            return new(false, new(moved, response.Value[1].Headers.ETag.GetValueOrDefault().ToString()));
        }
        catch (TableTransactionFailedException ex) when (JsonRow.IsLostRace(ex))
        {
            return await JsonRow.FindOwnAsync(_table, row, cancellationToken) is { } own
                ? new(false, new(moved, own))
                : new(BreakersChanged: ex.FailedTransactionActionIndex is 0, null);
        }
    }

    private static TableEntity Row(TenantBreakers breakers) => JsonRow.Of(breakers.Tenant.ToString(), RowKey, breakers);
}
