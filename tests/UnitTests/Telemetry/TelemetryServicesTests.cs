using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Reanchor.Functions.Telemetry;

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
}
