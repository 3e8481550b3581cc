using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reanchor.Adapters;
using Reanchor.Adapters.Graph;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.GraphSimulator;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.IntegrationTests.SignIn;

/// <summary>The Graph adapter as the hosts compose it, with real credentials, between a sign-in and a Graph of the test's own.</summary>
internal sealed class SignInStage : IAsyncDisposable
{
    public const string ReaderId = "aaaaaaaa-0000-4000-8000-000000000001";
    public const string ReaderSecret = "secret of the reader";

    private readonly GraphSimulatorHost _graph;
    private readonly ServiceProvider _services;
    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-").FullName;

    private SignInStage(TokenServer entra, GraphSimulatorHost graph, IReadOnlyDictionary<string, string?> settings)
    {
        (Entra, _graph) = (entra, graph);
        Certificate = MakeCertificate();
        var path = Path.Combine(_folder, "reader.pfx");
        File.WriteAllBytes(path, Certificate.Export(X509ContentType.Pfx));

        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["Graph:Endpoint"] = $"{graph.Endpoint}",
                    ["Graph:ClientId"] = ReaderId,
                    ["Graph:ClientSecret"] = ReaderSecret,
                    ["Graph:CertificatePath"] = path,
                    ["Graph:ManagedIdentityClientId"] = ReaderIdentity,
                })
                .AddInMemoryCollection(settings)
                .Build())
            .AddSingleton(TimeProvider.System)
            .AddKillSwitch()
            .AddGraphDirectory()
            .AddSingleton(new SignInTransport(entra.Connect()))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _services.GetRequiredService<Microsoft.Extensions.Options.IStartupValidator>().Validate();
    }

    public TokenServer Entra { get; }

    /// <summary>New each time: tokens of managed identities are kept for the whole process, by identity and audience.</summary>
    public string ReaderIdentity { get; } = $"{Guid.NewGuid()}";

    public SimulatedCloud Graph => _graph.Cloud;

    public RecordingLog Log { get; } = new();

    /// <summary>The reader's, when it signs in with one.</summary>
    public X509Certificate2 Certificate { get; }

    public IDirectoryReader Reader => _services.GetRequiredService<IDirectoryReader>();

    public IAnchorWriter Writer => _services.GetRequiredService<IAnchorWriter>();

    /// <param name="settings">Beyond those of a reader that has something for every kind of credential.</param>
    public static async Task<SignInStage> SetAsync(params (string Name, string? Value)[] settings)
    {
        var entra = await TokenServer.StartAsync();
        var graph = await GraphSimulatorHost.StartAsync(new SimulatedCloud(), 0, TestContext.Current.CancellationToken);

        // What the platform sets for a Function App with a managed identity.
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", $"{entra.IdentityEndpoint}");
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "of the platform");
        return new(entra, graph, settings.ToDictionary(s => $"Graph:{s.Name}", s => s.Value));
    }

    /// <summary>A tenant with one user, in its Graph and as the registry knows it.</summary>
    public (Tenant Tenant, SimulatedUser User) AddTenant(Cloud cloud)
    {
        var name = $"t{Graph.Tenants.Count}";
        var simulated = Graph.AddTenant(name, $"{name}.onmicrosoft.com");
        var user = simulated.AddUser(new() { UserPrincipalName = $"ann@{name}.onmicrosoft.com", OnPremisesImmutableId = "left over" });
        return (new Tenant { Id = new(simulated.Id), DisplayName = name, Cloud = cloud, ChangedAt = default }, user);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _graph.DisposeAsync();
        await Entra.DisposeAsync();
        Certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=reader", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
