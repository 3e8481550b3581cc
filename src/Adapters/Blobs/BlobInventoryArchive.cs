using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Reanchor.Inventories;

namespace Reanchor.Adapters.Blobs;

/// <summary>One blob for each accepted inventory: <c>{tenant}/{collector}/{takenAt}-{version}.ndjson.gz</c>.</summary>
public sealed class BlobInventoryArchive(BlobServiceClient service) : IInventoryArchive
{
    public const string Container = "inventories";

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Container);

    public Task SaveAsync(InventoryRecord record, Stream content, CancellationToken cancellationToken) =>
        _container.GetBlobClient(Name(record)).UploadAsync(
            content,
            new BlobUploadOptions { HttpHeaders = new() { ContentType = "application/gzip" } },
            cancellationToken);

    public async Task<Stream?> OpenAsync(InventoryRecord record, CancellationToken cancellationToken)
    {
        try
        {
            // The same content may be uploaded anew meanwhile; that it is the right one is for whoever reads it to find out.
            return await _container.GetBlobClient(Name(record)).OpenReadAsync(new BlobOpenReadOptions(allowModifications: true), cancellationToken);
        }
        catch (RequestFailedException ex) when (ex.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    // The version is of the content, so a second upload of the same content writes the same bytes.
    private static string Name(InventoryRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"{record.Tenant}/{record.Collector}/{record.TakenAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{record.Version[..16]}.ndjson.gz");
}
