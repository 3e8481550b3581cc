using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Reanchor.Adapters.Graph;
using Xunit;

namespace Reanchor.UnitTests.Graph;

public sealed class GraphOptionsTests : IDisposable
{
    private const string Client = "11111111-0000-4000-8000-000000000001";
    private const string Identity = "11111111-0000-4000-8000-000000000002";

    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, GraphOptions> Good => new()
    {
        { "federated", Federated() },
        { "secret", new() { Credential = "ClientSecret", ClientId = Client, ClientSecret = "s" } },
        { "none on this machine", new() { Credential = "None", Endpoint = new("http://127.0.0.1:5000") } },
        { "secret against a simulator", new() { Credential = "ClientSecret", ClientId = Client, ClientSecret = "s", Endpoint = new("http://127.0.0.1:5000") } },
        { "one cloud", Federated(o => o.Endpoint = new("https://graph.microsoft.us/")) },
        { "a writer", Federated(o => o.Writer = new() { ClientId = "22222222-0000-4000-8000-000000000001", ManagedIdentityClientId = Identity }) },
        { "a redirect", Federated(o => o.ConsentRedirect = new("https://reanchor.example/consented")) },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Validate_Usable_IsAccepted(string what, GraphOptions options) =>
        Assert.True(Validate(options) is null, $"{what}: {Validate(options)}");

    public static TheoryData<string, GraphOptions> Bad => new()
    {
        { "Graph__Endpoint must be one of https://graph.microsoft.com", Federated(o => o.Endpoint = new("https://graph.example")) },
        { "Graph__Endpoint must be one of", Federated(o => o.Endpoint = new("http://graph.microsoft.com")) },
        { "Graph__Endpoint must be one of", Federated(o => o.Endpoint = new("https://graph.microsoft.com/v1.0")) },
        { "Graph__Endpoint must be one of", Federated(o => o.Endpoint = new("graph.microsoft.com", UriKind.Relative)) },
        { "Graph__ConsentRedirect must be an https address", Federated(o => o.ConsentRedirect = new("http://reanchor.example")) },
        { "Graph__Credential must be one of FederatedIdentity, Certificate, ClientSecret, None", Federated(o => o.Credential = "Password") },
        { "Graph__Credential must be one of", Federated(o => o.Credential = "0") },
        { "Graph__Credential is None", new() { Credential = "None" } },
        { "Graph__Credential is None", new() { Credential = "None", Endpoint = new("https://graph.microsoft.com") } },
        { "Graph__ClientId must be", Federated(o => o.ClientId = null) },
        { "Graph__ManagedIdentityClientId must be", Federated(o => o.ManagedIdentityClientId = "id-reanchor") },
        { "Graph__ClientSecret must be set", new() { Credential = "ClientSecret", ClientId = Client, ClientSecret = " " } },
        { "Graph__CertificatePath must name a .pfx or .pem file", new() { Credential = "Certificate", ClientId = Client, CertificatePath = "/nowhere.pfx" } },
        { "Graph__CertificatePath must name a .pfx or .pem file", new() { Credential = "Certificate", ClientId = Client } },
        { "Graph__Writer__ClientId must be", Federated(o => o.Writer = new() { ManagedIdentityClientId = Identity }) },
        { "Graph__Writer__ManagedIdentityClientId must be", Federated(o => o.Writer = new() { ClientId = Identity }) },
        { "Graph__Writer__Credential is None", Federated(o => o.Writer = new() { Credential = "None" }) },
        { "Graph__Writer__ClientId is the application that reads", Federated(o => o.Writer = new() { ClientId = Client.ToUpperInvariant(), ManagedIdentityClientId = Identity }) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Validate_Unusable_SaysWhatToSet(string words, GraphOptions options) =>
        Assert.Contains(words, Validate(options), StringComparison.Ordinal);

    [Theory]
    [InlineData("app.pfx", true, true)]
    [InlineData("app.pem", true, true)]
    [InlineData("app.pfx", false, false)]
    [InlineData("app.pem", false, false)]
    [InlineData("app.cer", true, false)]
    [InlineData("locked.pfx", true, false)]
    [InlineData("broken.pfx", true, false)]
    public void Validate_CertificateFile_MustHoldItsPrivateKeyWithoutAPassword(string name, bool withKey, bool usable)
    {
        var path = Path.Combine(_folder, name);
        using var key = RSA.Create(2048);
        using var whole = new CertificateRequest("CN=reanchor", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var half = X509CertificateLoader.LoadCertificate(whole.RawData);
        var certificate = withKey ? whole : half;
        File.WriteAllBytes(path, name switch
        {
            "broken.pfx" => [1, 2, 3],
            "locked.pfx" => certificate.Export(X509ContentType.Pfx, "password"),
            "app.pem" => System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + (withKey ? "\n" + key.ExportPkcs8PrivateKeyPem() : "")),
            _ => certificate.Export(X509ContentType.Pfx),
        });

        var wrong = Validate(new() { Credential = "Certificate", ClientId = Client, CertificatePath = path });

        Assert.Equal(usable, wrong is null);
        Assert.True(usable || wrong!.Contains("Graph__CertificatePath", StringComparison.Ordinal));
    }

    private static GraphOptions Federated(Action<GraphOptions>? change = null)
    {
        var options = new GraphOptions { ClientId = Client, ManagedIdentityClientId = Identity };
        change?.Invoke(options);
        return options;
    }

    private static string? Validate(GraphOptions options) => new GraphOptionsValidator().Validate(null, options).FailureMessage;
}
