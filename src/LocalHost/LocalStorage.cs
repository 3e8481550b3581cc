using Reanchor.Adapters.Storage;
using Reanchor.LocalHost.Hosting;
using Reanchor.LocalHost.Storage;
using Spectre.Console;

namespace Reanchor.LocalHost;

/// <summary>The storage of an installation on one machine: one that is named, one that listens already, or an Azurite of its own.</summary>
internal sealed class LocalStorage : IAsyncDisposable
{
    private const string Development = "UseDevelopmentStorage=true";
    private readonly AzuriteProcess? _azurite;

    private LocalStorage(string connectionString, AzuriteProcess? azurite) =>
        (ConnectionString, _azurite) = (connectionString, azurite);

    public string ConnectionString { get; }

    /// <summary>Where an installation keeps what must survive a restart.</summary>
    public static string Folder { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "Reanchor");

    /// <summary>For a demonstration: empty, and gone afterwards, unless a storage is named.</summary>
    public static async Task<LocalStorage> OpenTemporaryAsync(string? connectionString, CancellationToken cancellationToken) =>
        connectionString is not null
            ? new(connectionString, null)
            : await StartAsync(new(), cancellationToken);

    /// <summary>For real tenants: the storage that is named, or one that is kept on disk here.</summary>
    /// <returns><see langword="null"/> when the settings name one.</returns>
    public static async Task<LocalStorage?> OpenAsync(string? connectionString, CancellationToken cancellationToken)
    {
        if (connectionString is not null && connectionString != Development)
        {
            return new(connectionString, null);
        }

        var named = new ConfigurationBuilder().AddLocalSettings(LocalHostApp.SettingsPath).Build().GetSection(StorageConnection.Setting);

        if (named.Exists() && named.Value != Development)
        {
            return null;
        }

        return await StorageProbe.IsListeningAsync(Development, cancellationToken)
            ? new(Development, null)
            : await StartAsync(
                new() { BlobPort = 10000, QueuePort = 10001, TablePort = 10002, Location = Path.Combine(Folder, "storage") },
                cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    private static async Task<LocalStorage> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var azurite = await AzuriteProcess.StartAsync(
            options, line => AnsiConsole.MarkupLineInterpolated($"[grey]{line}[/]"), cancellationToken);
        return new(azurite.ConnectionString, azurite);
    }
}
