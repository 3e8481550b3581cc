using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Reanchor.Adapters.Storage;
using Reanchor.Contracts;
using Reanchor.Functions;
using Reanchor.LocalHost.Hosting;

namespace Reanchor.UnitTests;

public sealed class SampleSettingsTests
{
    [Fact]
    public void SampleSettings_AsShipped_PassEveryValidationAndBuildTheContainer()
    {
        // The one thing that no sample can hold: a secret of each installation's own. LocalHost makes one itself.
        var configuration = new ConfigurationBuilder()
            .AddLocalSettings(Repository.Path("local.settings.sample.json"))
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Audit:Key"] = Samples.AuditKey })
            .Build();
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddReanchorFunctions(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal("devstoreaccount1", services.GetRequiredService<StorageConnection>().Tables.AccountName);
    }
}
