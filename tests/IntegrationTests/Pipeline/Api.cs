using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A signed-in person at the HTTP API, as any program outside would be.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient _http;

    private Api(HttpClient http) => _http = http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Signs in through the local token route.</summary>
    public static async Task<Api> SignInAsync(Uri origin, string name, string[] roles, params string[] tenants) =>
        With(origin, await TokenAsync(origin, name, roles, tenants));

    public static async Task<Api> SignInAsync(HostUnderTest host, string name, string[] roles, params string[] tenants) =>
        With(host.Origin, await TokenAsync(host.SignIn, name, roles, tenants));

    public static async Task<string> TokenAsync(Uri origin, string name, string[] roles, params string[] tenants)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(
            new Uri(origin, "local/token"), new { name, roles, tenants = tenants.Length == 0 ? ["*"] : tenants }, Cancellation);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return body.GetProperty("token").GetString()!;
    }

    /// <summary>Whoever a token or a collector's key is for.</summary>
    public static Api With(Uri origin, string credential)
    {
        var http = new HttpClient { BaseAddress = new(origin, "api/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return new(http);
    }

    /// <summary>Someone who has not signed in.</summary>
    public static Api Anonymous(Uri origin) => new(new HttpClient { BaseAddress = new(origin, "api/") });

    public async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)> SendAsync(
        HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };

        // A server that refuses a body unread closes the connection; whoever still sends would not see the answer.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1024 * 1024;
        using var response = await _http.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true;
        return (response.StatusCode, isJson ? JsonSerializer.Deserialize<JsonElement>(text) : default, response.Headers);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, body, _) = await SendAsync(HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"GET {path} answered {(int)status}: {body}");
        return body;
    }

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var (status, answer, _) = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body));
        Assert.True(status == expected, $"POST {path} answered {(int)status}: {answer}");
        return answer;
    }

    public async Task<JsonElement> PutAsync(string path, object body)
    {
        var (status, answer, _) = await SendAsync(HttpMethod.Put, path, JsonContent.Create(body));
        Assert.True((int)status is 200 or 201, $"PUT {path} answered {(int)status}: {answer}");
        return answer;
    }

    public Task<(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)> UploadAsync(
        string path, byte[] content, string type = "application/x-ndjson", string? encoding = null)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new(type);

        if (encoding is not null)
        {
            body.Headers.ContentEncoding.Add(encoding);
        }

        return SendAsync(HttpMethod.Put, path, body);
    }

    public async Task<List<JsonElement>> ListAsync(string path)
    {
        var items = new List<JsonElement>();
        string? next = null;

        do
        {
            var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync(next is null ? path : $"{path}{mark}next={Uri.EscapeDataString(next)}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        return items;
    }

    /// <summary>Scans and waits for the end.</summary>
    public async Task<JsonElement> ScanAsync(Guid tenant, string mode, TimeSpan? limit = null)
    {
        var started = await PostAsync($"tenants/{tenant}/scans", new { mode }, HttpStatusCode.Accepted);
        return await WaitForScanAsync(tenant, started.GetProperty("scanId").GetString()!, limit);
    }

    public async Task<JsonElement> WaitForScanAsync(Guid tenant, string scanId, TimeSpan? limit = null)
    {
        JsonElement scan = default;
        await Deadline.UntilAsync(
            "the scan has ended",
            async () =>
            {
                scan = await GetAsync($"tenants/{tenant}/scans/{scanId}");
                return scan.GetProperty("status").GetString() is "completed" or "halted" or "failed";
            },
            limit);
        return scan;
    }

    public void Dispose() => _http.Dispose();

    public static StringContent Text(string text, string type = "application/json") => new(text, Encoding.UTF8, type);
}
