using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Reanchor.Adapters.Storage;
using Reanchor.Json;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Blobs;

/// <summary>One blob for each seal, written once: <c>{tenant}/{number counted down}.json</c>.</summary>
public sealed class BlobSealArchive(BlobServiceClient service) : ISealArchive
{
    public const string Container = "audit-seals";

    private const string Extension = ".json";

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Container);

    public async Task<bool> TryAddAsync(SealDocument document, CancellationToken cancellationToken)
    {
        var name = $"{document.Seal.Tenant}/{CountedDown.Write(document.Seal.Sequence)}{Extension}";

        try
        {
            await _container.GetBlobClient(name).UploadAsync(
                BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(document, ReanchorJson.Options)),
                new BlobUploadOptions
                {
                    Conditions = new() { IfNoneMatch = ETag.All },
                    HttpHeaders = new() { ContentType = "application/json" },
                },
                cancellationToken);
            return true;
        }
        catch (RequestFailedException ex) when (ex.ErrorCode == BlobErrorCode.BlobAlreadyExists || ex.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<StoredSeal> ReadAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = $"{tenant}/";

        await foreach (var blob in _container.GetBlobsAsync(new() { Prefix = prefix }, cancellationToken))
        {
            if (blob.Name.EndsWith(Extension, StringComparison.Ordinal)
                && CountedDown.Read(blob.Name.AsSpan()[prefix.Length..^Extension.Length]) is { } sequence)
            {
                yield return new(sequence, await TryReadAsync(blob.Name, cancellationToken));
            }
        }
    }

    private async Task<SealDocument?> TryReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var content = await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return content.Value.Content.ToObjectFromJson<SealDocument>(ReanchorJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (RequestFailedException ex) when (ex.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }
}
