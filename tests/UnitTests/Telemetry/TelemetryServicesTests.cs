using System.Globalization;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Reanchor.Contracts;
using Reanchor.Functions.Telemetry;
using Metrics = Reanchor.Telemetry.Metrics;

namespace Reanchor.UnitTests.Telemetry;

public sealed class TelemetryServicesTests
{
    /// <summary>The exporter's own defaults keep five traces a second and drop the log lines of all others, alerts among them.</summary>
    [Fact]
    public void AddTelemetry_ApplicationInsights_KeepsEveryTraceAndLogLine()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(TelemetryServices.ApplicationInsights, $"InstrumentationKey={Guid.NewGuid()}")])
            .Build();
        using var services = new ServiceCollection().AddLogging().AddTelemetry(configuration).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<AzureMonitorExporterOptions>>().Value;

        Assert.Equal((null, 1f, false), (options.TracesPerSecond, options.SamplingRatio, options.EnableTraceBasedLogsSampler));
    }

    [Fact]
    public void AddTelemetry_MoreTenantsThanTheDefaultTellsApart_KeepsEachApart()
    {
        const int Tenants = 2_500;
        using var exporter = new TagExporter("reanchor.proposals.waiting");
        using var reader = new BaseExportingMetricReader(exporter);
        using var services = new ServiceCollection()
            .AddLogging()
            .AddTelemetry(new ConfigurationBuilder().Build())
            .ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddReader(reader))
            .BuildServiceProvider();
        var metrics = services.GetRequiredService<MeterProvider>();

        for (var i = 0; i < Tenants; i++)
        {
            Metrics.Waiting(new(Guid.NewGuid()), count: 1, TimeSpan.Zero);
        }

        metrics.ForceFlush();

        // Other tests of the process may measure at the same time.
        Assert.InRange(exporter.Seen.Count(tag => tag == "tenant"), Tenants, Tenants + 100);
        Assert.DoesNotContain("otel.metric.overflow", exporter.Seen);
        Assert.Contains(
            $"{TelemetryServices.TagSets.ToString("N0", CultureInfo.InvariantCulture)} sets of tags",
            File.ReadAllText(Repository.Path("docs/telemetry.md")), StringComparison.Ordinal);
    }

    /// <summary>Keeps the names of tags, of each point of one metric.</summary>
    private sealed class TagExporter(string metric) : BaseExporter<Metric>
    {
        public List<string> Seen { get; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var exported in batch)
            {
                if (exported.Name != metric)
                {
                    continue;
                }

                foreach (ref readonly var point in exported.GetMetricPoints())
                {
                    foreach (var (name, _) in point.Tags)
                    {
                        Seen.Add(name);
                    }
                }
            }

            return ExportResult.Success;
        }
    }
}
