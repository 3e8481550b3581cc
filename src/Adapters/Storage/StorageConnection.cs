using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace Reanchor.Adapters.Storage;

/// <summary>
/// The storage account that holds Reanchor's data, as the setting <c>DataStorage</c> names it: a connection string, or
/// <c>DataStorage__accountName</c> (or the three <c>__...ServiceUri</c>) with a managed identity, as Functions triggers read it.
/// </summary>
public sealed class StorageConnection
{
    public const string Setting = "DataStorage";

    private StorageConnection(TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs, bool usesIdentity = false) =>
        (Tables, Queues, Blobs, UsesIdentity) = (tables, queues, blobs, usesIdentity);

    public TableServiceClient Tables { get; }

    public QueueServiceClient Queues { get; }

    public BlobServiceClient Blobs { get; }

    /// <summary>Signed in with an identity, whose roles end at the tables, queues and containers that infra/storage.bicep has made.</summary>
    public bool UsesIdentity { get; }

    /// <param name="encoding">Base64, as the queue triggers expect; none for a host that decodes messages itself.</param>
    /// <exception cref="InvalidOperationException">The setting is missing or wrong; the message says what to set.</exception>
    public static StorageConnection From(
        IConfiguration configuration, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var section = configuration.GetSection(Setting);
        var queues = new QueueClientOptions { MessageEncoding = encoding };

        return section.Value is { Length: > 0 } connectionString
            ? FromConnectionString(connectionString, queues)
            : FromIdentity(section, queues);
    }

    /// <summary>For tests and tools that have no configuration.</summary>
    public static StorageConnection FromConnectionString(string connectionString) =>
        FromConnectionString(connectionString, new() { MessageEncoding = QueueMessageEncoding.Base64 });

    private static StorageConnection FromConnectionString(string connectionString, QueueClientOptions queues)
    {
        try
        {
            return new(new(connectionString), new(connectionString, queues), new(connectionString));
        }
        catch (Exception ex) when (ex is FormatException or ArgumentException or InvalidOperationException)
        {
            // The text of the exception may quote the key.
            throw new InvalidOperationException(
                $"{Setting} is not a storage connection string. Set it to one, to UseDevelopmentStorage=true, or set {Setting}__accountName.");
        }
    }

    private static StorageConnection FromIdentity(IConfigurationSection section, QueueClientOptions queues)
    {
        var account = section["accountName"];
        TokenCredential credential = section["clientId"] is { Length: > 0 } clientId
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new DefaultAzureCredential();

        return new(
            new(Address("table"), credential),
            new(Address("queue"), credential, queues),
            new(Address("blob"), credential),
            usesIdentity: true);

        Uri Address(string service) =>
            Uri.TryCreate(section[$"{service}ServiceUri"], UriKind.Absolute, out var address) ? address
            : !string.IsNullOrEmpty(account) ? new($"https://{account}.{service}.core.windows.net")
            : throw new InvalidOperationException(
                $"{Setting} is not set. Set it to a connection string, or set {Setting}__accountName to use a managed identity. "
                + "On one machine UseDevelopmentStorage=true will do.");
    }
}
