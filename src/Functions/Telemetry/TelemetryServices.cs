using System.Data.Common;
using System.Diagnostics.Metrics;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Reanchor.Telemetry;

namespace Reanchor.Functions.Telemetry;

public static class TelemetryServices
{
    /// <summary>Connection string of Application Insights; without it nothing is sent there.</summary>
    public const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary><c>Authorization=AAD;ClientId=...</c>, as the Functions host reads it, when Application Insights takes Entra tokens only.</summary>
    public const string ApplicationInsightsAuthentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>Address of an OpenTelemetry collector; without it nothing is sent there.</summary>
    public const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Sets of tags that a metric tells apart. Those beyond are added up under <c>otel.metric.overflow</c>; by default already from 2,000 on,
    /// which a few hundred tenants reach.
    /// </summary>
    public const int TagSets = 20_000;

    /// <summary>Traces and metrics of the pipeline, and the exporters that the settings ask for.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("reanchor"))
            .WithTracing(tracing => tracing.AddSource(Traces.SourceName))
            .WithMetrics(metrics => metrics.AddMeter(Metrics.MeterName).AddView(KeepTenantsApart));

        if (configuration[ApplicationInsights] is { Length: > 0 } connection)
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = connection;
                options.Credential = CredentialOf(configuration[ApplicationInsightsAuthentication]);

                // Everything is kept: alerts look for single log lines, and one scan is one trace.
                options.TracesPerSecond = null;
                options.SamplingRatio = 1;
                options.EnableTraceBasedLogsSampler = false;
            });
        }

        if (configuration[Collector] is { Length: > 0 })
        {
            telemetry.UseOtlpExporter();
        }

        return services;
    }

    private static MetricStreamConfiguration? KeepTenantsApart(Instrument instrument) =>
        instrument.Meter.Name == Metrics.MeterName ? new() { CardinalityLimit = TagSets } : null;

    private static ManagedIdentityCredential? CredentialOf(string? authentication)
    {
        if (string.IsNullOrEmpty(authentication))
        {
            return null;
        }

        var parts = Parse(authentication);
        return parts.TryGetValue("ClientId", out var clientId)
            ? new(ManagedIdentityId.FromUserAssignedClientId($"{clientId}"))
            : new(ManagedIdentityId.SystemAssigned);
    }

    private static DbConnectionStringBuilder Parse(string authentication)
    {
        try
        {
            return new() { ConnectionString = authentication };
        }
        catch (ArgumentException ex)
        {
            throw new InvalidOperationException(
                $"{ApplicationInsightsAuthentication} cannot be read. Set it to Authorization=AAD;ClientId=... with the client id of a managed identity.", ex);
        }
    }
}
