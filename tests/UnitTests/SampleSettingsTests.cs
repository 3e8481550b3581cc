using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Reanchor.Adapters.Storage;
using Reanchor.Functions;
using Reanchor.LocalHost.Hosting;

namespace Reanchor.UnitTests;

public sealed class SampleSettingsTests
{
    [Fact]
    public void SampleSettings_AsShipped_PassEveryValidationAndBuildTheContainer()
    {
        var configuration = new ConfigurationBuilder().AddLocalSettings(Repository.Path("local.settings.sample.json")).Build();
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddReanchorFunctions(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal("devstoreaccount1", services.GetRequiredService<StorageConnection>().Tables.AccountName);
    }
}
