using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reanchor.Contracts;
using Xunit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>
/// Logic Apps on this machine: a Request trigger that starts runs of a workflow of infra/approvals, and the callback addresses of the
/// runs. The workflow is read from its JSON.
/// </summary>
internal sealed class WorkflowHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly JsonObject _definition;

    private WorkflowHost(WebApplication app, JsonObject definition) => (_app, _definition) = (app, definition);

    public Uri Origin => new($"{_app.Urls.First()}/");

    public Uri Trigger => new(Origin, "trigger");

    public JsonObject Parameters { get; } = new()
    {
        ["$connections"] = new JsonObject { ["office365"] = new JsonObject { ["connectionId"] = "/connections/office365" } },
        ["apiAudience"] = "api://reanchor",
        ["approvers"] = "approvers@msp.example",
    };

    public HttpClient Http { get; } = new();

    public ConcurrentQueue<WorkflowRun> Runs { get; } = [];

    /// <summary>Why the trigger turned requests away.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>The headers of each request that started a run.</summary>
    public ConcurrentQueue<IHeaderDictionary> Headers { get; } = [];

    /// <summary>Who answers, and what.</summary>
    public Func<WorkflowRun, ConnectorAnswer> Approver { get; set; } = _ => throw new InvalidOperationException("Nobody is asked in this test.");

    /// <summary>A run that waits to be called back waits until its limit.</summary>
    public bool NobodyCallsBack { get; set; }

    /// <summary>So many answers to the workflow's HTTP actions get lost on their way back.</summary>
    public int LosesAnswers { get; set; }

    private Uri? Reanchor { get; set; }

    public static async Task<WorkflowHost> StartAsync(string workflow)
    {
        var definition = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path($"infra/approvals/{workflow}")))!.AsObject();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = new WorkflowHost(builder.Build(), definition);
        host._app.MapPost("/trigger", (Delegate)host.TriggerAsync);
        host._app.MapPost("/callback/{run}", host.CallBackAsync);
        await host._app.StartAsync();
        return host;
    }

    /// <summary>Where the workflow reports to.</summary>
    public void PointAt(Uri reanchor)
    {
        Reanchor = reanchor;
        Parameters["apiBaseUrl"] = new Uri(reanchor, "api").AbsoluteUri;
    }

    /// <summary>Starts a run by hand.</summary>
    public async Task<WorkflowRun> RunAsync(JsonNode trigger)
    {
        var run = new WorkflowRun(this, _definition, trigger);
        Runs.Enqueue(run);
        await run.StartAsync();
        return run;
    }

    /// <summary>The workflow's own identity, which holds the role Decide.</summary>
    public async Task<string> TokenAsync(string audience)
    {
        Assert.Equal("api://reanchor", audience);
        return await TokenAsync(Reanchor!, "approval-workflow", "application", "Decide");
    }

    public static async Task<string> TokenAsync(Uri reanchor, string name, string kind, string role, params string[] tenants)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(
            new Uri(reanchor, "local/token"), new { name, kind, roles = new[] { role }, tenants = tenants.Length == 0 ? ["*"] : tenants });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<IResult> TriggerAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        var schema = _definition["triggers"]!["manual"]!["inputs"]!["schema"]!.AsObject();

        if (TriggerSchema.Faults(body, schema).ToList() is { Count: > 0 } faults)
        {
            faults.ForEach(Faults.Enqueue);
            return Results.BadRequest(faults);
        }

        Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
        var run = new WorkflowRun(this, _definition, body!);
        Runs.Enqueue(run);
        var (status, answer) = await run.StartAsync();
        return Results.Json(answer, statusCode: status);
    }

    private async Task<IResult> CallBackAsync(string run, HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        Runs.Single(r => r.Name == run).CallBack(body);
        return Results.Ok();
    }
}
