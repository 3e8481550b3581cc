using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Reanchor.IntegrationTests.SignIn;

/// <summary>
/// Stands in for the sign-in of every cloud, over HTTPS and under their real names, and for the managed identity endpoint of the platform.
/// Its tokens name tenant and application, which is all that the Graph simulator looks at.
/// </summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private static readonly int[] WrongSecret = [7000215];

    /// <summary>As Microsoft Learn names them, "National cloud deployments".</summary>
    private static readonly string[] Authorities = ["login.microsoftonline.com", "login.microsoftonline.us", "login.chinacloudapi.cn"];

    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _app;

    private TokenServer()
    {
        _certificate = MakeCertificate();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGet("/common/discovery/instance", Discover);
        _app.MapPost("/{tenant}/oauth2/v2.0/token", SignInAsync);
        _app.MapGet("/identity/token", Vouch);
    }

    public ConcurrentQueue<TokenRequest> Requests { get; } = [];

    /// <summary>Of the platform's managed identity: the resource and the client id of each request.</summary>
    public ConcurrentQueue<(string Resource, string ClientId)> IdentityRequests { get; } = [];

    /// <summary>Entra's words, with which every sign-in is refused while they are set.</summary>
    public string? Refusal { get; set; }

    public Uri IdentityEndpoint => new(Address("http:"), "/identity/token");

    public static async Task<TokenServer> StartAsync()
    {
        var server = new TokenServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Leads every authority here, and trusts this server's certificate and no other.</summary>
    public HttpPipelineTransport Connect()
    {
        var port = Address("https:").Port;
        var connections = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                Assert.Contains(context.DnsEndPoint.Host, Authorities);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        connections.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            (errors & ~System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors) == 0
            && certificate!.GetRawCertData().AsSpan().SequenceEqual(_certificate.RawData);
        return new HttpClientTransport(new HttpClient(connections));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static IResult Discover(HttpContext context) => Results.Json(new
    {
        tenant_discovery_endpoint = $"https://{context.Request.Host.Host}/common/v2.0/.well-known/openid-configuration",
        metadata = Authorities.Select(host => new { preferred_network = host, preferred_cache = host, aliases = new[] { host } }),
    });

    private async Task<IResult> SignInAsync(HttpContext context, string tenant)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var request = new TokenRequest(
            context.Request.Host.Host, tenant, form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        Requests.Enqueue(request);

        return Refusal is { } words
            ? Results.Json(
                new { error = "invalid_client", error_description = words, error_codes = WrongSecret },
                statusCode: StatusCodes.Status401Unauthorized)
            : Results.Json(new
            {
                token_type = "Bearer",
                expires_in = 3600,
                access_token = Token(new { tid = tenant, appid = request.ClientId, aud = request.Scope, iss = request.Authority }),
            });
    }

    private IResult Vouch(HttpContext context, string resource, string client_id)
    {
        IdentityRequests.Enqueue((resource, client_id));
        return Results.Json(new
        {
            token_type = "Bearer",
            resource,
            expires_on = $"{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}",
            access_token = Token(new { aud = resource, sub = client_id }),
        });
    }

    private static string Token<T>(T claims) =>
        $"e30.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}.";

    private Uri Address(string scheme) => new(_app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First(a => a.StartsWith(scheme, StringComparison.Ordinal)));

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=sign-in", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        Array.ForEach(Authorities, names.AddDnsName);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
