using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>Streams every inventory in force past some users.</summary>
public sealed class InventoryJoiner(IInventoryArchive archive) : IInventoryJoiner
{
    public async Task<Reading<InventoryJoin>> JoinAsync(
        Tenant tenant, InventoryCoverage coverage, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken)
    {
        if (!coverage.IsComplete)
        {
            return Reading.Unknown<InventoryJoin>(string.Join(' ', coverage.Gaps));
        }

        var join = new InventoryJoin(users);

        foreach (var record in coverage.InForce)
        {
            await using var file = await archive.OpenAsync(record, cancellationToken);

            if (file is null)
            {
                return Reading.Unknown<InventoryJoin>(
                    $"The stored inventory of {record.Collector} is gone from the storage account. Upload it again.");
            }

            try
            {
                await foreach (var account in InventoryReader.ReadAsync(file, record, cancellationToken))
                {
                    join.Add(record.Collector, account);
                }
            }
            catch (InvalidDataException ex)
            {
                return Reading.Unknown<InventoryJoin>(
                    $"The stored inventory of {record.Collector} cannot be read: {ex.Message} Upload it again.");
            }
        }

        return Reading.Known(join);
    }
}
