using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Options;
using Reanchor.Approvals;
using Reanchor.Json;

namespace Reanchor.Adapters.Approvals;

/// <summary>Starts a Logic App by its Request trigger, signed in as the host's managed identity.</summary>
public sealed class LogicAppWorkflow : IApprovalWorkflow, IDisposable
{
    private const string TrackingHeader = "x-ms-client-tracking-id";
    private const string RunHeader = "x-ms-workflow-run-id";
    private const int LongestAnswer = 64 * 1024;

    private readonly IOptionsMonitor<ApprovalsOptions> _options;
    private readonly Lazy<TokenCredential> _credential;
    private readonly HttpClient _http;

    public LogicAppWorkflow(IOptionsMonitor<ApprovalsOptions> options)
        : this(options, () => CredentialOf(options.CurrentValue), new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
    }

    internal LogicAppWorkflow(IOptionsMonitor<ApprovalsOptions> options, Func<TokenCredential> credential, HttpMessageHandler handler)
    {
        _options = options;
        _credential = new(credential);
        _http = new(handler) { Timeout = TimeSpan.FromSeconds(100), MaxResponseContentBufferSize = LongestAnswer };
    }

    public async Task<string?> AskAsync(Uri address, string trackingId, ApprovalRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(request, options: ReanchorJson.Options) };
        message.Headers.Add(TrackingHeader, trackingId);

        try
        {
            message.Headers.Authorization = await SignInAsync(cancellationToken);
            using var response = await _http.SendAsync(message, cancellationToken);

            return response.IsSuccessStatusCode
                ? await RunOfAsync(response, cancellationToken)
                : throw new WorkflowUnavailableException($"The workflow at {address.Host} answered {(int)response.StatusCode}. {CureOf((int)response.StatusCode)}");
        }
        catch (Exception ex) when (ex is HttpRequestException or AuthenticationFailedException
            || (ex is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new WorkflowUnavailableException($"The workflow at {address.Host} was not reached: {ex.GetType().Name}.", ex);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<AuthenticationHeaderValue?> SignInAsync(CancellationToken cancellationToken)
    {
        // Without an audience only addresses on this machine pass the options' validation.
        if (_options.CurrentValue.Audience is not { Length: > 0 } audience)
        {
            return null;
        }

        var token = await _credential.Value.GetTokenAsync(new([audience.TrimEnd('/') + "/.default"]), cancellationToken);
        return new("Bearer", token.Token);
    }

    private static ManagedIdentityCredential CredentialOf(ApprovalsOptions options) => new ManagedIdentityCredential(
        options.ManagedIdentityClientId.Length > 0
            ? ManagedIdentityId.FromUserAssignedClientId(options.ManagedIdentityClientId)
            : ManagedIdentityId.SystemAssigned);

    private static async Task<string?> RunOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Headers.TryGetValues(RunHeader, out var runs))
        {
            return Short(runs.First());
        }

        try
        {
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return body.RootElement.ValueKind is JsonValueKind.Object
                && body.RootElement.TryGetProperty("runId", out var run) && run.ValueKind is JsonValueKind.String ? Short(run.GetString()!) : null;
        }
        catch (JsonException)
        {
            // It has started; what it says of itself is a courtesy.
            return null;
        }
    }

    private static string Short(string run) => run.Length <= 128 ? run : run[..128];

    private static string CureOf(int status) => status switch
    {
        401 or 403 => "Its authorization policy does not take Reanchor's token: compare Approvals__Audience and the managed identity with it.",
        404 => "Compare the address with the workflow's trigger.",
        400 => "Its trigger expects another body: deploy the workflow of infra/approvals again.",
        _ => "It is tried again.",
    };
}
