using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Makes the queues of all queue functions and runs a pump on each.</summary>
internal sealed partial class QueuePumps(
    FunctionCatalog catalog,
    FunctionEngineOptions options,
    IConfiguration configuration,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILoggerFactory loggers) : BackgroundService
{
    private const string PoisonSuffix = "-poison";
    private const int LongestName = 63;

    private readonly Dictionary<string, (QueueServiceClient Storage, StorageOutage Outage)> _connections = [];
    private readonly List<QueuePump> _pumps = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.MessageLease < TimeSpan.FromSeconds(1) || options.MessageLease > TimeSpan.FromDays(7))
        {
            throw new StartRefusedException($"The lease of queue messages must be from one second to seven days, and is {options.MessageLease:c}.");
        }

        foreach (var function in catalog.Queues)
        {
            _pumps.Add(await PrepareAsync(function, cancellationToken));
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_pumps.Select(pump => pump.RunAsync(stoppingToken)));

    private async Task<QueuePump> PrepareAsync(QueueFunction function, CancellationToken cancellationToken)
    {
        var name = QueueNameOf(function);
        var (storage, outage) = ConnectionOf(function);
        var queue = storage.GetQueueClient(name);
        var poison = name.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? null : storage.GetQueueClient(name + PoisonSuffix);

        try
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

            if (poison is not null)
            {
                await poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            throw new StartRefusedException(
                $"The queue {name} cannot be reached with the storage that the setting {function.Connection} names: {exception.Message.Split('\n')[0].Trim()} Start that storage, or set {function.Connection} to one that runs.",
                exception);
        }

        loggers.CreateLogger<QueuePumps>().QueueListening(name, function.Name);
        var delivery = new QueueDelivery(function, queue, poison, options, scopes, clock, loggers.CreateLogger<QueueDelivery>());
        return new(queue, delivery, options, outage, clock, loggers.CreateLogger<QueuePump>());
    }

    private (QueueServiceClient Storage, StorageOutage Outage) ConnectionOf(QueueFunction function)
    {
        if (!_connections.TryGetValue(function.Connection, out var connection))
        {
            connection = (options.QueueStorage(function.Connection), new StorageOutage(loggers.CreateLogger<StorageOutage>()));
            _connections.Add(function.Connection, connection);
        }

        return connection;
    }

    private string QueueNameOf(QueueFunction function)
    {
        // Azure lets no capitals in; the Functions host lowers them as well.
        var name = SettingText.Resolve(function.QueueName, configuration, function.Name, "reanchor-clears").ToLowerInvariant();

        var room = name.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? LongestName : LongestName - PoisonSuffix.Length;

        return ValidName().IsMatch(name) && name.Length >= 3 && name.Length <= room
            ? name
            : throw new StartRefusedException(
                $"{SettingText.SourceOf(function.QueueName, function.Name)} names the queue \"{name}\". Use 3 to {room} letters, digits and single hyphens, such as \"reanchor-clears\".");
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ValidName();
}
