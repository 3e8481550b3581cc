using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>PartitionKey = tenant, RowKey = proposal id, which starts with the user's.</summary>
public sealed class TableProposalStore(TableServiceClient service, TimeProvider clock) : IProposalStore
{
    private static readonly IReadOnlyList<ProposalStatus> OpenStatuses =
    [
        ProposalStatus.Pending, ProposalStatus.Approved, ProposalStatus.Clearing, ProposalStatus.Cleared,
        ProposalStatus.Restoring,
    ];

    private readonly TableClient _table = service.GetTableClient(TableNames.Proposals);

    public Task<Versioned<Proposal>?> FindAsync(
        TenantId tenant, ProposalId id, CancellationToken cancellationToken) =>
        JsonRow.FindAsync<Proposal>(_table, tenant.ToString(), id.ToString(), cancellationToken);

    public async Task<Versioned<Proposal>?> FindLatestAsync(
        TenantId tenant, Guid userId, CancellationToken cancellationToken) =>
        await ListOfUserAsync(tenant, userId, cancellationToken).LastOrDefaultAsync(cancellationToken);

    public IAsyncEnumerable<Versioned<Proposal>> ListOfUserAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken)
    {
        var prefix = userId.ToString("N");
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {tenant.ToString()} and RowKey gt {prefix + "-"} and RowKey lt {prefix + "."}");

        return _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(JsonRow.ReadVersioned<Proposal>);
    }

    public Task<Page<Proposal>> ListAsync(
        TenantId tenant, ProposalStatus? status, int top, string? continuation, CancellationToken cancellationToken)
    {
        var filter = OfTenant(tenant);

        return JsonRow.PageAsync<Proposal>(
            _table,
            status is null ? filter : $"{filter} and {HasStatus(status.Value)}",
            top,
            continuation,
            cancellationToken);
    }

    public async IAsyncEnumerable<Versioned<Proposal>> ListUnsettledAsync(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = OfTenant(tenant)
            + " and (" + TableClient.CreateQueryFilter($"StatusAt ge {clock.GetUtcNow().AddDays(-1)}")
            + string.Concat(OpenStatuses.Select(status => " or " + HasStatus(status))) + ")";

        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return JsonRow.ReadVersioned<Proposal>(row);
        }
    }

    public Task<bool> TryAddAsync(Proposal added, CancellationToken cancellationToken) =>
        JsonRow.TryAddAsync(_table, Row(added), cancellationToken);

    public Task<Versioned<Proposal>?> TryUpdateAsync(
        Versioned<Proposal> current, Proposal changed, CancellationToken cancellationToken) =>
        JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken);

    // Rows of another kind start with '!', which comes before every digit.
    private static string OfTenant(TenantId tenant) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()} and RowKey ge {"0"}");

    private static string HasStatus(ProposalStatus status) =>
        TableClient.CreateQueryFilter($"Status eq {status.ToString()}");

    internal static TableEntity Row(Proposal proposal)
    {
        var row = JsonRow.Of(proposal.Tenant.ToString(), proposal.Id.ToString(), proposal);
        row["Status"] = proposal.Status.ToString();
        row["StatusAt"] = proposal.StatusAt;
        return row;
    }
}
