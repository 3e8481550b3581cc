using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Reanchor.Adapters;
using Reanchor.Adapters.Storage;
using Reanchor.Contracts;
using Reanchor.Functions;
using Reanchor.Functions.Telemetry;

namespace Reanchor.UnitTests.Infra;

/// <summary>App settings: what the code reads, what docs/settings.md lists, and what the template sets.</summary>
public sealed partial class SettingsTests
{
    private static readonly Assembly[] Deployed = [typeof(CoreServices).Assembly, typeof(AdapterServices).Assembly, typeof(Composition).Assembly];

    /// <summary>Read by the Functions host or by Azure's own libraries, not by a type with a constant for it.</summary>
    private static readonly string[] OfThePlatform =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        TelemetryServices.ApplicationInsights, TelemetryServices.ApplicationInsightsAuthentication, TelemetryServices.Collector,
        $"{StorageConnection.Setting}__credential",
    ];

    /// <summary>Read by <see cref="StorageConnection"/>, beside the setting itself.</summary>
    private static readonly string[] OfTheConnection = ["accountName", "tableServiceUri", "queueServiceUri", "blobServiceUri", "clientId"];

    private static readonly List<string[]> Documented =
    [
        .. File.ReadLines(Repository.Path("docs/settings.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void Document_Settings_AreThoseOfTheCodeBothWays() => Assert.Equal(
        OptionProperties().Select(option => option.Name)
            .Concat(TriggerSettings())
            .Concat(OfTheConnection.Select(name => $"{StorageConnection.Setting}__{name}"))
            .Concat(OfThePlatform)
            .Order(StringComparer.Ordinal),
        Documented.Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal));

    [Fact]
    public void Document_Defaults_AreThoseOfTheCode()
    {
        var documented = Documented.ToDictionary(row => row[0].Trim('`'), row => row[2].Trim('`'));

        Assert.Equal(
            OptionProperties().Select(option => (option.Name, option.Default)),
            OptionProperties().Select(option => (option.Name, documented[option.Name])));
    }

    [Fact]
    public async Task Template_Settings_AreThoseThatTheDocumentSaysBothWays()
    {
        var template = await Deployment.ReadAsync();

        Assert.Equal(
            Documented.Where(row => row[3] == "yes").Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal),
            template.Settings.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Template_WithoutApprovers_SetsNoWorkflowAndAllElse()
    {
        var with = await Deployment.ReadAsync();
        var without = await Deployment.ReadAsync(workflow: false);

        Assert.Equal(
            with.Settings.Keys.Where(name => !name.StartsWith("Approvals__", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            without.Settings.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("'triggerAddress'", with.Settings["Approvals__Workflows__default"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Template_Settings_PassEveryValidationAndAreAllThatAStartNeeds(bool workflow)
    {
        var template = await Deployment.ReadAsync(workflow);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(template.Settings.Select(setting => KeyValuePair.Create(
                setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)Worked(setting.Key, setting.Value))))
            .Build();
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddReanchorFunctions(configuration)
            .BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.True(services.GetRequiredService<StorageConnection>().UsesIdentity);
        Assert.All(TriggerSettings(), name => Assert.True(
            template.Settings.ContainsKey(name) || template.Settings.ContainsKey($"{name}__queueServiceUri"), name));
    }

    /// <summary>What an expression that only Azure can work out comes to.</summary>
    private static string Worked(string name, string value) => !value.StartsWith('[') ? value : name switch
    {
        "Audit__Key" => Samples.AuditKey,
        TelemetryServices.ApplicationInsights => "InstrumentationKey=55555555-5555-5555-5555-555555555555;IngestionEndpoint=https://in.example/",
        TelemetryServices.ApplicationInsightsAuthentication => "ClientId=55555555-5555-5555-5555-555555555555;Authorization=AAD",
        "Access__Authority" => "https://login.microsoftonline.com/44444444-4444-4444-4444-444444444444/v2.0",
        "Approvals__Workflows__default" => "https://prod-1.westeurope.logic.azure.com:443/workflows/w/triggers/manual/paths/invoke?api-version=2016-10-01",
        "Approvals__ConsoleAddress" => "https://func-1.example",
        _ when name.EndsWith("ServiceUri", StringComparison.Ordinal) => "https://account.storage.example/",
        _ => "55555555-5555-5555-5555-555555555555",
    };

    private static IEnumerable<(string Name, string Default)> OptionProperties() => Deployed
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetField("Section") is { IsLiteral: true })
        .SelectMany(type => Properties((string)type.GetField("Section")!.GetRawConstantValue()!, Activator.CreateInstance(type)!));

    private static IEnumerable<(string Name, string Default)> Properties(string section, object options) => options.GetType()
        .GetProperties()
        .Where(property => property.CanWrite)
        .SelectMany(property => property.PropertyType switch
        {
            var type when Deployed.Contains(type.Assembly) && type.IsClass =>
                Properties($"{section}__{property.Name}", property.GetValue(options) ?? Activator.CreateInstance(type)!),
            var type when type == typeof(Dictionary<string, string>) => [($"{section}__{property.Name}__default", "")],
            _ => [($"{section}__{property.Name}", Text(property.GetValue(options)))],
        });

    private static string Text(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Schedules between percent signs, and connections.</summary>
    private static IEnumerable<string> TriggerSettings() => typeof(Composition).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetParameters())
        .SelectMany(parameter => parameter.GetCustomAttributes())
        .Select(attribute => attribute switch
        {
            TimerTriggerAttribute timer => PercentSigns().Match(timer.Schedule).Groups[1].Value,
            QueueTriggerAttribute queue => queue.Connection,
            _ => null,
        })
        .OfType<string>()
        .Distinct();

    [GeneratedRegex("^%(.+)%$")]
    private static partial Regex PercentSigns();
}
