using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Reanchor.Contracts;
using Reanchor.Functions;
using Reanchor.Functions.Access;

namespace Reanchor.UnitTests.Access;

public sealed class AccessOptionsTests
{
    [Theory]
    [InlineData("https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/v2.0")]
    [InlineData("http://127.0.0.1:7080/local")]
    [InlineData("http://localhost:7080/local")]
    [InlineData("http://[::1]:7080/local")]
    public void Validate_HttpsOrLoopbackAuthority_IsAccepted(string authority) =>
        Assert.True(Validate(authority, "api://reanchor").Succeeded);

    [Theory]
    [InlineData("")]
    [InlineData("login.microsoftonline.com")]
    [InlineData("http://login.example/v2.0")]
    [InlineData("http://127.0.0.1.example/local")]
    [InlineData("ftp://127.0.0.1/local")]
    [InlineData("https://user:secret@login.example/v2.0")]
    [InlineData($"{Entra.Authority}?p=1")]
    [InlineData("https://login.microsoftonline.com/v2.0")]
    [InlineData("https://login.microsoftonline.com/common/v2.0")]
    [InlineData("https://login.microsoftonline.com/organizations/v2.0")]
    [InlineData("https://login.microsoftonline.com/consumers/v2.0")]
    [InlineData("https://login.microsoftonline.com/contoso.com/v2.0")]
    [InlineData($"https://login.microsoftonline.com/{Entra.Directory}")]
    [InlineData("https://login.example/local")]
    [InlineData("http://127.0.0.1:7080/other")]
    public void Validate_OtherAuthority_SaysWhatToSet(string authority) =>
        Assert.Contains("Access__Authority", Validate(authority, "api://reanchor").FailureMessage, StringComparison.Ordinal);

    [Fact]
    public void Validate_NoAudience_SaysWhatToSet() =>
        Assert.Contains("Access__Audience", Validate(Entra.Authority, " ").FailureMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("api://reanchor")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void Validate_NoClientIdForEntra_SaysWhatToSet(string clientId) =>
        Assert.Contains("Access__ClientId", Validate(Entra.Authority, "api://reanchor", clientId).FailureMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData("contoso.com")]
    [InlineData("*")]
    [InlineData($"{Entra.Directory};{Entra.Directory}")]
    [InlineData($"{Entra.Directory},common")]
    public void Validate_AllowedTenantsNotIds_SaysWhatToSet(string allowed) =>
        Assert.Contains(
            "Access__AllowedTenants", Validate(Entra.Authority, "api://reanchor", allowedTenants: allowed).FailureMessage, StringComparison.Ordinal);

    [Fact]
    public async Task Start_NoAccessSettings_FailsAndSaysWhatToSet()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHttpGate(builder.Configuration);
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Access__Authority", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Access__Audience", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_SampleSettings_AreValid()
    {
        var sample = new ConfigurationBuilder().AddJsonFile(Repository.Path("local.settings.sample.json")).Build().GetSection("Values");
        var settings = sample.GetChildren().ToDictionary(value => value.Key.Replace("__", ":", StringComparison.Ordinal), value => value.Value);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddLogging().AddHttpGate(configuration).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<AccessOptions>>().Value;

        Assert.True(options.IsLocalAuthority);
    }

    private static ValidateOptionsResult Validate(
        string authority, string audience, string clientId = GateHost.ClientId, string allowedTenants = "") =>
        new AccessOptionsValidator().Validate(
            null, new() { Authority = authority, Audience = audience, ClientId = clientId, AllowedTenants = allowedTenants });
}
