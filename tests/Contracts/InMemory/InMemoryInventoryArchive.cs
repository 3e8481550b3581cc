using System.Collections.Concurrent;
using Reanchor.Inventories;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryInventoryArchive : IInventoryArchive
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    public async Task SaveAsync(InventoryRecord record, Stream content, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        _files[Name(record)] = copy.ToArray();
    }

    /// <summary>How often an inventory was opened.</summary>
    public int Opened { get; private set; }

    public Task<Stream?> OpenAsync(InventoryRecord record, CancellationToken cancellationToken)
    {
        Opened++;
        return Task.FromResult<Stream?>(
            _files.TryGetValue(Name(record), out var file) ? new MemoryStream(file, writable: false) : null);
    }

    public void Delete(InventoryRecord record) => _files.Remove(Name(record), out _);

    private static string Name(InventoryRecord record) => $"{record.Tenant}|{record.Collector}|{record.TakenAt:O}|{record.Version}";
}
