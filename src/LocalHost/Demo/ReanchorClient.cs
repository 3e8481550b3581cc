using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Reanchor.LocalHost.Demo;

/// <summary>One person at Reanchor's own HTTP API: the demonstration goes through the same door as everyone.</summary>
internal sealed class ReanchorClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="api">The address with its route prefix.</param>
    public ReanchorClient(Uri api, string token)
    {
        _http = new() { BaseAddress = new($"{api.AbsoluteUri.TrimEnd('/')}/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        ExpectAsync(HttpMethod.Get, path, content: null, cancellationToken);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        ExpectAsync(HttpMethod.Post, path, JsonContent.Create(body), cancellationToken);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancellationToken) =>
        ExpectAsync(HttpMethod.Put, path, JsonContent.Create(body), cancellationToken);

    public async Task<JsonElement> UploadAsync(string path, Stream ndjson, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(ndjson);
        content.Headers.ContentType = new("application/x-ndjson");
        return await ExpectAsync(HttpMethod.Put, path, content, cancellationToken);
    }

    /// <summary>All items of a list, page after page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        string? next = null;

        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync(next is null ? path : $"{path}{separator}next={Uri.EscapeDataString(next)}", cancellationToken);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        return items;
    }

    /// <summary>Sends a request that may be refused.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> TryAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> ExpectAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var (status, body) = await TryAsync(method, path, content, cancellationToken);

        return (int)status < 300
            ? body
            : throw new InvalidOperationException($"{method} {path} answered {(int)status}: {body}");
    }
}
