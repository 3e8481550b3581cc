namespace Reanchor.Inventories;

/// <summary>The files of inventories: NDJSON, gzip, one for each accepted upload. Written once.</summary>
public interface IInventoryArchive
{
    Task SaveAsync(InventoryRecord record, Stream content, CancellationToken cancellationToken);

    /// <summary>The compressed file, to be read forward once.</summary>
    /// <returns><see langword="null"/> if it is gone.</returns>
    Task<Stream?> OpenAsync(InventoryRecord record, CancellationToken cancellationToken);
}
