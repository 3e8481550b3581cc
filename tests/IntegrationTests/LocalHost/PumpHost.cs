using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reanchor.Contracts;
using Reanchor.LocalHost.Hosting;

namespace Reanchor.IntegrationTests.LocalHost;

/// <summary>The engine with the queue functions of <see cref="WorkFunctions"/> on one queue, and that queue as a bystander sees it.</summary>
internal sealed class PumpHost : IAsyncDisposable
{
    private static readonly QueueSettings Quick = new() { BatchSize = 8, NewBatchThreshold = 4, MaxDequeueCount = 3 };

    private readonly IHost _host;

    private PumpHost(IHost host, string connectionString, string queueName)
    {
        _host = host;
        Queue = new(connectionString, queueName);
        Poison = new(connectionString, $"{queueName}-poison");
    }

    public QueueClient Queue { get; }

    public QueueClient Poison { get; }

    public static string NewQueueName() => $"work-{Guid.NewGuid():N}";

    public static async Task<PumpHost> StartAsync(
        string connectionString,
        string? queueName,
        Work work,
        QueueSettings? settings = null,
        TimeSpan? lease = null,
        HttpPipelinePolicy? wire = null,
        RecordingLog? log = null,
        CancellationToken cancellationToken = default)
    {
        var clientOptions = new QueueClientOptions { Retry = { MaxRetries = 0 } };

        if (wire is not null)
        {
            clientOptions.AddPolicy(wire, HttpPipelinePosition.PerRetry);
        }

        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();

        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        builder.Configuration["Queues:Work"] = queueName;
        builder.Services.AddSingleton(work);
        builder.Services.AddFunctionEngine(
            FunctionCatalog.Read([typeof(WorkFunctions)]),
            new FunctionEngineOptions
            {
                Host = new() { Queues = settings ?? Quick },
                Gate = (_, _) => Task.FromResult<IResult?>(null),
                QueueStorage = connection => connection == "DataStorage"
                    ? new QueueServiceClient(connectionString, clientOptions)
                    : throw new InvalidOperationException($"There is no storage for {connection}."),
                MessageLease = lease ?? TimeSpan.FromSeconds(30),
            });

        var host = builder.Build();

        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new(host, connectionString, queueName!);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    public async Task<bool> IsQueueEmptyAsync(CancellationToken cancellationToken) =>
        (await Queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount == 0;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
