using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Reanchor.Collector.Uploading;

/// <summary>Talks to Reanchor as a collector. Its failures are <see cref="CollectorFailureException"/>s.</summary>
internal sealed class ReanchorClient : IDisposable
{
    // An inventory of a million accounts over a slow line takes its time.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private readonly ReanchorAddress _address;
    private readonly HttpClient _http;

    /// <param name="token">The collector's key, or another token with the right to upload.</param>
    public ReanchorClient(ReanchorAddress address, string token)
    {
        _address = address;

        // A redirect would carry the key to wherever it points.
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Limit };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Sends an inventory. Sending it again is safe: Reanchor takes it whole or not at all.</summary>
    /// <returns>What Reanchor says of it.</returns>
    public async Task<AcceptedInventory> UploadAsync(Stream inventory, bool gzip, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(inventory);
        content.Headers.ContentType = new("application/x-ndjson");

        if (gzip)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        using var request = new HttpRequestMessage(HttpMethod.Put, _address.Inventory) { Content = content };
        using var response = await SendAsync(request, cancellationToken);
        return await ReadAsync<AcceptedInventory>(response, cancellationToken);
    }

    public async Task<Work> GetWorkAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address.Work);
        using var response = await SendAsync(request, cancellationToken);
        return await ReadAsync<Work>(response, cancellationToken);
    }

    public async Task ReportAsync(SyncResult result, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address.Work)
        {
            Content = JsonContent.Create(result, ReanchorJson.Default.SyncResult),
        };
        using var response = await SendAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;

        try
        {
            response = await _http.SendAsync(request, cancellationToken);

            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            var problem = await ReadProblemAsync(response, cancellationToken);
            throw Refusal(response.StatusCode, problem);
        }
        catch (Exception ex) when (ex is HttpRequestException || (ex is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CollectorFailureException(
                ExitCode.ReanchorUnreachable,
                $"Reanchor could not be reached at {_address.Api}: {ex.Message.TrimEnd('.')}. Check the address and the network, then run this again.",
                ex);
        }
        finally
        {
            if (response is { IsSuccessStatusCode: false })
            {
                response.Dispose();
            }
        }
    }

    private CollectorFailureException Refusal(HttpStatusCode status, Problem problem)
    {
        var (exitCode, message) = (int)status switch
        {
            401 => (ExitCode.InventoryRefused, $"Reanchor does not know this key: {problem} Give the collector's current key."),
            403 => (ExitCode.InventoryRefused, $"Reanchor does not let this key do that: {problem} Give the key of collector {_address.Collector} of this tenant."),
            404 => (ExitCode.InventoryRefused, $"Reanchor has no collector {_address.Collector} in tenant {_address.Tenant}, or nothing at {_address.Api}: {problem}"),
            408 or 429 or >= 500 => (ExitCode.ReanchorUnreachable, $"Reanchor answered {(int)status}: {problem} Run this again later."),
            >= 300 and < 400 => (ExitCode.InventoryRefused, $"{_address.Api} points to another address. Give the address that it points to."),
            _ => (ExitCode.InventoryRefused, $"Reanchor refused it ({(int)status}): {problem}"),
        };
        return new(exitCode, message) { Problems = problem.Items };
    }

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(ReanchorJson.Default.Problem, cancellationToken) ?? Problem.None;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return Problem.None; // a proxy's page, not Reanchor's answer
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return (T?)await response.Content.ReadFromJsonAsync(typeof(T), ReanchorJson.Default, cancellationToken)
                ?? throw new JsonException("The answer is null.");
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            throw new CollectorFailureException(
                ExitCode.ReanchorUnreachable, $"{_address.Api} answers, but not as Reanchor does. Check the address; it ends in /api.", ex);
        }
    }
}
