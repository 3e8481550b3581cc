using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;
using System.Xml;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>What the connector makes of a question: how long the approver takes, and what they answer.</summary>
/// <param name="Body">As the connector of the workflow gives it; <see langword="null"/> when it fails.</param>
internal sealed record ConnectorAnswer(TimeSpan After, JsonObject? Body);

/// <summary>Plays one run of a workflow exactly as its JSON defines it. What it does not know of the language it refuses.</summary>
internal sealed class WorkflowRun
{
    private readonly WorkflowHost _host;
    private readonly JsonObject _actions;
    private readonly JsonNode _trigger;
    private readonly WorkflowExpression _expressions;
    private readonly Dictionary<string, (string Status, JsonNode? Body)> _done = [];
    private readonly TaskCompletionSource<JsonNode?> _calledBack = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkflowRun(WorkflowHost host, JsonObject definition, JsonNode trigger)
    {
        _host = host;
        _actions = definition["actions"]!.AsObject();
        _trigger = trigger;
        _expressions = new(new Dictionary<string, Func<JsonNode?[], JsonNode?>>
        {
            ["triggerBody"] = _ => _trigger,
            ["parameters"] = a => host.Parameters[a[0]!.GetValue<string>()] ?? throw new NotSupportedException($"No parameter {a[0]}."),
            ["body"] = a => _done[a[0]!.GetValue<string>()].Body,
            ["workflow"] = _ => new JsonObject { ["run"] = new JsonObject { ["name"] = Name } },
            ["listCallbackUrl"] = _ => $"{host.Origin}callback/{Name}?sig=secret-of-{Name}",
        });
    }

    /// <summary>As Logic Apps names runs: digits and letters.</summary>
    public string Name { get; } = $"08584{Guid.NewGuid():N}"[..30].ToUpperInvariant();

    public IReadOnlyDictionary<string, (string Status, JsonNode? Body)> Done => _done;

    /// <summary>What a connector was asked to send.</summary>
    public JsonNode? Mail { get; private set; }

    /// <summary>Status and body of every attempt of an HTTP action.</summary>
    public ConcurrentQueue<(HttpStatusCode Status, JsonNode? Body)> Attempts { get; } = [];

    /// <summary>Completes when the run has.</summary>
    public Task Completed { get; private set; } = Task.CompletedTask;

    public void CallBack(JsonNode? body) => _calledBack.TrySetResult(body);

    /// <summary>Runs on in the background once it has answered.</summary>
    /// <returns>What its Response action says; 202 without a body when it has none.</returns>
    public async Task<(int Status, JsonNode? Body)> StartAsync()
    {
        var (name, response) = _actions.FirstOrDefault(a => Text(a.Value!, "type") == "Response");

        if (response is not null)
        {
            await RunAsync(name, response.AsObject());
        }

        Completed = Task.Run(RunOnAsync);
        return response is null ? (202, null) : (response["inputs"]!["statusCode"]!.GetValue<int>(), _done[name].Body);
    }

    private async Task RunOnAsync()
    {
        while (_actions.FirstOrDefault(a => !_done.ContainsKey(a.Key) && RunAfter(a.Value!).All(r => _done.ContainsKey(r.Key))) is { Key: not null } next)
        {
            var runs = RunAfter(next.Value!).All(r => r.Value!.AsArray().Any(s => s!.GetValue<string>() == _done[r.Key].Status));

            if (runs)
            {
                await RunAsync(next.Key, next.Value!.AsObject());
            }
            else
            {
                _done[next.Key] = ("Skipped", null);
            }
        }
    }

    private async Task RunAsync(string name, JsonObject action)
    {
        _done[name] = Text(action, "type") switch
        {
            "Response" => ("Succeeded", _expressions.Evaluate(action["inputs"]!["body"])),
            "Compose" => ("Succeeded", _expressions.Evaluate(action["inputs"])),
            "ApiConnectionWebhook" => Ask(action),
            "Http" => await CallAsync(action["inputs"]!.AsObject()),
            "HttpWebhook" => await WaitAsync(action),
            "Switch" => await SwitchAsync(action),
            var type => throw new NotSupportedException($"Actions of the type {type} are not known here."),
        };
    }

    private (string Status, JsonNode? Body) Ask(JsonObject action)
    {
        Mail = _expressions.Evaluate(action["inputs"]);
        var answer = _host.Approver(this);
        return answer.After > XmlConvert.ToTimeSpan(action["limit"]!["timeout"]!.GetValue<string>()) ? ("TimedOut", null)
            : answer.Body is null ? ("Failed", null)
            : ("Succeeded", answer.Body);
    }

    private async Task<(string Status, JsonNode? Body)> WaitAsync(JsonObject action)
    {
        var inputs = action["inputs"]!.AsObject();
        var subscribed = await CallAsync(inputs["subscribe"]!.AsObject());

        if (subscribed.Status is not "Succeeded")
        {
            return subscribed;
        }

        // The limit is there, and is days long: whoever plays does not wait for it.
        Assert.True(XmlConvert.ToTimeSpan(action["limit"]!["timeout"]!.GetValue<string>()) > TimeSpan.FromDays(1));
        var body = _host.NobodyCallsBack ? null : await _calledBack.Task.WaitAsync(Deadline.Default);
        await CallAsync(inputs["unsubscribe"]!.AsObject());
        return (_host.NobodyCallsBack ? "TimedOut" : "Succeeded", body);
    }

    private async Task<(string Status, JsonNode? Body)> SwitchAsync(JsonObject action)
    {
        var value = _expressions.EvaluateString(action["expression"]);
        var chosen = action["cases"]!.AsObject().Select(c => c.Value!).FirstOrDefault(c => Text(c, "case") == value) ?? action["default"]!;

        foreach (var (name, inner) in chosen["actions"]!.AsObject())
        {
            await RunAsync(name, inner!.AsObject());
        }

        return ("Succeeded", null);
    }

    /// <summary>An HTTP action with its managed identity and its retry policy; the policy's pauses are left out.</summary>
    private async Task<(string Status, JsonNode? Body)> CallAsync(JsonObject inputs)
    {
        var known = new[] { "method", "uri", "headers", "body", "authentication", "retryPolicy" };
        Assert.Empty(inputs.Select(i => i.Key).Except(known));
        Assert.Equal("ManagedServiceIdentity", Text(inputs["authentication"]!, "type"));
        var token = await _host.TokenAsync(_expressions.EvaluateString(inputs["authentication"]!["audience"]));
        var attempts = 1 + (inputs["retryPolicy"]?["count"]?.GetValue<int>() ?? 4);

        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(new(Text(inputs, "method")), _expressions.EvaluateString(inputs["uri"]));
            request.Headers.Authorization = new("Bearer", token);

            if (inputs["body"] is { } body)
            {
                request.Content = new StringContent(_expressions.Evaluate(body)!.ToJsonString(), Encoding.UTF8);
                request.Content.Headers.Remove("Content-Type");
            }

            foreach (var (header, value) in inputs["headers"]?.AsObject() ?? [])
            {
                var text = _expressions.EvaluateString(value);
                Assert.True(request.Headers.TryAddWithoutValidation(header, text) || request.Content!.Headers.TryAddWithoutValidation(header, text));
            }

            using var response = await _host.Http.SendAsync(request);
            var status = response.StatusCode;
            var answer = await response.Content.ReadAsStringAsync();
            var node = answer.Length == 0 ? null : JsonNode.Parse(answer);

            if (_host.LosesAnswers > 0)
            {
                _host.LosesAnswers--;
                (status, node) = (HttpStatusCode.GatewayTimeout, null);
            }

            Attempts.Enqueue((status, node));

            if ((int)status is not (408 or 429 or >= 500) || attempt == attempts)
            {
                return ((int)status < 300 ? "Succeeded" : "Failed", node);
            }
        }
    }

    private static JsonObject RunAfter(JsonNode action) => action["runAfter"]?.AsObject() ?? [];

    private static string Text(JsonNode of, string member) => of[member]!.GetValue<string>();
}
