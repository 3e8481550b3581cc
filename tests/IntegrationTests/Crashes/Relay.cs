using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Reanchor.IntegrationTests.Crashes;

/// <summary>
/// Stands between a LocalHost and its storage and directory, sees every write, and can cut the line just before one is made or
/// just before its answer is given back. A request that it has passed on is carried out even if whoever sent it has died.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    // The host is passed on, so that links to a next page lead through here too.
    private static readonly string[] OfTheConnection = ["Transfer-Encoding", "Connection", "Keep-Alive"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly ConcurrentDictionary<string, string> _messages = new();
    private readonly Dictionary<int, (RelayTarget Target, Uri Upstream)> _ports = [];
    private readonly WebApplication _app;

    private string _realStorage = "";
    private int _missed;
    private int _doubled;

    private Relay(WebApplication app) => _app = app;

    /// <summary>The connection string of the storage behind it.</summary>
    public string Storage { get; private set; } = "";

    /// <summary>The address of the directory behind it.</summary>
    public Uri Graph { get; private set; } = null!;

    /// <summary>While true, every connection is cut at once.</summary>
    public bool IsDown { get; set; }

    /// <summary>Requests that found nobody there while it was down.</summary>
    public int Missed => _missed;

    /// <summary>
    /// Says when each message is put a second time, by a random number; <see langword="null"/>: it is not. The second one comes before
    /// its time, or up to three seconds after the first was sent, so that messages overtake each other.
    /// </summary>
    public Random? Doubling { get; set; }

    /// <summary>How many messages were put a second time.</summary>
    public int Doubled => _doubled;

    /// <summary>Asked about each write before it is passed on; <see langword="null"/> leaves it alone.</summary>
    public Func<RelayedWrite, Cut?>? Cuts { get; set; }

    public static async Task<Relay> StartAsync(string storage, Uri graph)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            Array.ForEach(Enum.GetValues<RelayTarget>(), _ => kestrel.Listen(IPAddress.Loopback, 0));
        });

        var relay = new Relay(builder.Build());
        relay._app.Run(relay.RelayAsync);
        await relay._app.StartAsync(TestContext.Current.CancellationToken);
        relay.Open(storage, graph);
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private void Open(string storage, Uri graph)
    {
        _realStorage = storage;
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a));

        foreach (var (target, own) in Enum.GetValues<RelayTarget>().Zip(addresses))
        {
            var upstream = target is RelayTarget.Graph
                ? graph
                : new(Regex.Match(storage, $"{target.ToString()[..^1]}Endpoint=([^;]+)").Groups[1].Value);
            _ports[own.Port] = (target, upstream);
            storage = storage.Replace($"{upstream.Authority}/", $"{own.Authority}/", StringComparison.Ordinal);
            Graph = own;
        }

        Storage = storage;
    }

    private async Task RelayAsync(HttpContext context)
    {
        var (target, upstream) = _ports[context.Connection.LocalPort];
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var write = RelayedWrite.Of(
            target, context.Request.Method, path, $"{context.Request.Headers.Authorization}", body.ToArray(), id => _messages.GetValueOrDefault(id));
        var cut = write is null ? null : Cuts?.Invoke(write);

        if (IsDown)
        {
            Interlocked.Increment(ref _missed);
        }

        if (IsDown || cut is { AfterTheWrite: false })
        {
            CutOff(context, cut);
            return;
        }

        using var request = Request(context.Request, new(upstream.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions
        {
            // The signature of a storage request covers its path, character by character.
            DangerousDisablePathAndQueryCanonicalization = true,
        }), body.ToArray());
        using var response = await _http.SendAsync(request, CancellationToken.None);
        var answer = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);

        if (target is RelayTarget.Queues && context.Request.Method is "POST" && response.IsSuccessStatusCode)
        {
            var sent = Encoding.UTF8.GetString(body.ToArray());
            _messages[RelayedMessage.IdOf(Encoding.UTF8.GetString(answer))] = RelayedMessage.TextOf(sent);
            await DoubleAsync(RelayedMessage.QueueIn(path), RelayedMessage.EncodedTextOf(sent));
        }

        if (IsDown || cut is not null)
        {
            CutOff(context, cut);
            return;
        }

        await AnswerAsync(context, response, answer);
    }

    private async Task DoubleAsync(string queue, string text)
    {
        if (Doubling is null)
        {
            return;
        }

        TimeSpan delay;

        lock (Doubling)
        {
            delay = TimeSpan.FromSeconds(Doubling.Next(4));
        }

        await new QueueClient(_realStorage, queue).SendMessageAsync(text, delay, cancellationToken: CancellationToken.None);
        Interlocked.Increment(ref _doubled);
    }

    private static void CutOff(HttpContext context, Cut? cut)
    {
        cut?.Then();
        context.Abort();
    }

    private static HttpRequestMessage Request(HttpRequest received, Uri address, byte[] body)
    {
        var request = new HttpRequestMessage(new(received.Method), address) { Content = received.ContentLength is null ? null : new ByteArrayContent(body) };

        foreach (var (name, values) in received.Headers)
        {
            if (!OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage response, byte[] answer)
    {
        context.Response.StatusCode = (int)response.StatusCode;

        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (!context.RequestAborted.IsCancellationRequested && answer.Length > 0)
        {
            await context.Response.Body.WriteAsync(answer, CancellationToken.None);
        }
    }
}
