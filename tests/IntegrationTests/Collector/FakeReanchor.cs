using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>Answers a collector as Reanchor does, or as badly as a test wants.</summary>
internal sealed class FakeReanchor : IAsyncDisposable
{
    public const string Tenant = "00000000-0000-0000-0000-00000000000a";
    public const string Token = "the-key-of-corp";

    private readonly WebApplication _app;

    private FakeReanchor(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/api";

    /// <summary>The texts that were uploaded.</summary>
    public ConcurrentQueue<string> Uploads { get; } = [];

    /// <summary>The results of syncs.</summary>
    public ConcurrentQueue<JsonElement> SyncResults { get; } = [];

    /// <summary>Refuses what comes with this status and body.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    public bool SyncWanted { get; set; }

    /// <summary>Whether a sync is still wanted after so many results; <see langword="null"/> for never.</summary>
    public Func<int, bool>? StillWanted { get; set; }

    public static async Task<FakeReanchor> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var reanchor = new FakeReanchor(app);
        app.Use(reanchor.CheckAsync);
        app.MapPut($"/api/tenants/{Tenant}/inventories/corp", reanchor.TakeAsync);
        app.MapGet(
            $"/api/tenants/{Tenant}/collectors/corp/work",
            () => new { syncWanted = reanchor.SyncWanted, since = reanchor.SyncWanted ? "2026-01-02T03:04:05Z" : null });
        app.MapPost($"/api/tenants/{Tenant}/collectors/corp/work", reanchor.Note);
        await app.StartAsync();
        return reanchor;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
        }
        else if (Refusal is { } refusal)
        {
            context.Response.StatusCode = refusal.Status;
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync(refusal.Body);
        }
        else
        {
            await next(context);
        }
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        var body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(body);
        var text = await reader.ReadToEndAsync();
        Uploads.Enqueue(text);
        var header = JsonSerializer.Deserialize<JsonElement>(text[..text.IndexOf('\n', StringComparison.Ordinal)]);
        return Results.Json(
            new { forest = header.GetProperty("forest").GetString(), takenAt = header.GetProperty("takenAt").GetString(), count = text.Count(c => c == '\n') - 2 },
            statusCode: 201);
    }

    private IResult Note(JsonElement result)
    {
        SyncResults.Enqueue(result);
        SyncWanted = StillWanted?.Invoke(SyncResults.Count) ?? false;
        return Results.NoContent();
    }
}
