using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Reanchor.Access;
using Reanchor.Approvals;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>Each attack on the approvals, the status it meets, and the line that it leaves: an audit event, or one of the log.</summary>
[Collection(nameof(ApprovalGround))]
public sealed class ApprovalAttackTests(ApprovalAttackTests.Target target) : IClassFixture<ApprovalAttackTests.Target>
{
    public static TheoryData<string, int, string> Attacks => new()
    {
        { "replayed decision", 409, "DecisionRefused alreadyDecided" },
        { "changed digest", 409, "DecisionRefused changed" },
        { "own request", 403, "DecisionRefused ownRequest" },
        { "imported by oneself", 403, "DecisionRefused ownImport" },
        { "expired proposal", 410, "DecisionRefused expired" },
        { "second approval by the same person", 409, "DecisionRefused approvedBefore" },
        { "application decides as a person", 403, "log DecideProposal" },
        { "application decides many as a person", 403, "log DecideProposals" },
        { "person answers a batch", 403, "log AnswerBatch" },
        { "person subscribes", 403, "log Subscribe" },
        { "workflow of other tenants answers", 404, "log AnswerBatch" },
        { "batch id but for its random end", 404, "log [3105]" },
        { "batch with a changed digest", 409, "BatchAnswerRefused changed" },
        { "callback by http", 422, "CallbackRefused https" },
        { "callback to a private v4 address", 422, "CallbackRefused not a number" },
        { "callback to a decimal v4 address", 422, "CallbackRefused not a number" },
        { "callback to a private v6 address", 422, "CallbackRefused not a number" },
        { "callback to a mapped address", 422, "CallbackRefused not a number" },
        { "callback to the metadata service", 422, "CallbackRefused https" },
        { "callback to a host of no list", 422, "CallbackRefused not one that may be called back" },
        { "callback to a name that leads to a private address", 422, "CallbackRefused not public" },
        { "callback with a user name", 422, "CallbackRefused user name" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Attack_OnApprovals_IsRefusedAndLeavesALine(string attack, int status, string line)
    {
        var before = await target.CountAsync(line);

        var answered = await target.TryAsync(attack);

        Assert.Equal(status, (int)answered);

        await Deadline.UntilAsync($"'{line}' is there", async () => await target.CountAsync(line) > before);
        Assert.Equal(1, target.Stage.Tenant.Requests.Count(r => r.Method == "PATCH")); // the one that was approved
    }

    public sealed class Target(ApprovalGround ground) : IAsyncLifetime
    {
        private readonly Dictionary<string, string> _tokens = [];
        private List<JsonElement> _proposals = [];
        private ApprovalBatch? _batch;

        internal ApprovalStage Stage { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Stage = await ApprovalStage.SetAsync(ground, 6, new { twoApprovals = "never" });
            Stage.Workflow.Approver = _ => new(TimeSpan.FromDays(8), null);
            _proposals = await Stage.ProposeAsync(6);
            await Stage.OnlyRunAsync();
            _batch = await Stage.BatchAsync();
            await Stage.ChangeAsync(_batch, b => b with { Answer = null });
            await Stage.Piet.PostAsync($"{Stage.Of(_proposals[0])}/decision", ClearingRun.Approval(_proposals[0]));
            await Deadline.UntilAsync("it is cleared", async () => (await Stage.ListAsync("cleared")).Count == 1);
            await Stage.ChangeAsync(_proposals[1], p => p with { ExpiresAt = DateTimeOffset.UtcNow.AddSeconds(-1) });
            await Stage.ChangeAsync(_proposals[2], p => p.Require(2));
            await Stage.ChangeAsync(_proposals[3], p => p with { RequestedBy = Actor.System });
            await Stage.Piet.PostAsync($"{Stage.Of(_proposals[2])}/decision", ClearingRun.Approval(_proposals[2]));
            _tokens["olga"] = await Api.TokenAsync(Stage.Host.Origin, "ada", ["Approve"]);
            _tokens["piet"] = await Api.TokenAsync(Stage.Host.Origin, "piet", ["Approve"]);
            _tokens["person"] = await Api.TokenAsync(Stage.Host.Origin, "mallory", ["Decide", "Approve"]);
            _tokens["workflow"] = await WorkflowHost.TokenAsync(Stage.Host.Origin, "approval-workflow", "application", "Decide");
            _tokens["approving app"] = await WorkflowHost.TokenAsync(Stage.Host.Origin, "approving-app", "application", "Approve");
            _tokens["elsewhere"] = await WorkflowHost.TokenAsync(Stage.Host.Origin, "other-workflow", "application", "Decide", $"{Guid.NewGuid()}");
        }

        public ValueTask DisposeAsync() => Stage.DisposeAsync();

        public async Task<int> CountAsync(string line)
        {
            var (kind, text) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

            return kind == "log"
                ? text.StartsWith('[')
                    ? Stage.Host.Output.Split('\n').Count(l => l.Contains(text, StringComparison.Ordinal))
                    : Stage.Host.Output.Split('\n').Count(l => l.Contains("Denied", StringComparison.Ordinal) && l.Contains($" {text} ", StringComparison.Ordinal))
                : (await Stage.EventsAsync(kind)).Count(e => e.GetRawText().Contains(text, StringComparison.Ordinal));
        }

        public Task<HttpStatusCode> TryAsync(string attack) => attack switch
        {
            "replayed decision" => DecideAsync("piet", 0),
            "changed digest" => DecideAsync("piet", 4, new('0', 64)),
            "own request" => DecideAsync("olga", 4),
            "imported by oneself" => DecideAsync("olga", 3),
            "expired proposal" => DecideAsync("piet", 1),
            "second approval by the same person" => DecideAsync("piet", 2),
            "application decides as a person" => DecideAsync("approving app", 4),
            "application decides many as a person" => SendAsync("approving app", $"{Stage.Path}/decisions", new
            {
                decisions = new[] { new { proposalId = _proposals[4].GetProperty("proposalId").GetString(), decision = "approve", digest = "x", reason = "y" } },
            }),
            "person answers a batch" => AnswerAsync("person"),
            "person subscribes" => SubscribeAsync("https://prod-1.logic.azure.com/", "person"),
            "workflow of other tenants answers" => AnswerAsync("elsewhere"),
            "batch id but for its random end" => AnswerAsync("workflow", id: BatchId.New(_batch!.Tenant, _batch.Scan).Value),
            "batch with a changed digest" => AnswerAsync("workflow", digest: new('0', 64)),
            "callback by http" => SubscribeAsync("http://prod-1.logic.azure.com/"),
            "callback to a private v4 address" => SubscribeAsync("https://192.168.1.1/"),
            "callback to a decimal v4 address" => SubscribeAsync("https://167772161/"),
            "callback to a private v6 address" => SubscribeAsync("https://[fd00::1]/"),
            "callback to a mapped address" => SubscribeAsync("https://[::ffff:10.0.0.1]/"),
            "callback to the metadata service" => SubscribeAsync("http://169.254.169.254/metadata/identity/oauth2/token"),
            "callback to a host of no list" => SubscribeAsync("https://logic.azure.com.evil.example/"),
            "callback to a name that leads to a private address" => SubscribeAsync("https://localhost/"),
            "callback with a user name" => SubscribeAsync("https://prod-1.logic.azure.com@10.0.0.1/"),
            _ => throw new InvalidOperationException(attack),
        };

        private Task<HttpStatusCode> DecideAsync(string by, int proposal, string? digest = null) => SendAsync(by, $"{Stage.Of(_proposals[proposal])}/decision", new
        {
            decision = "approve",
            digest = digest ?? _proposals[proposal].GetProperty("digest").GetString(),
            reason = "let me",
        });

        private Task<HttpStatusCode> AnswerAsync(string by, string? id = null, string? digest = null) => SendAsync(
            by, $"approvals/{id ?? _batch!.Id.Value}/decision", new { decision = "approve", digest = digest ?? _batch!.Digest, reason = "let me" });

        private Task<HttpStatusCode> SubscribeAsync(string address, string by = "workflow") =>
            SendAsync(by, $"approvals/{_batch!.Id}/subscriptions", new { callbackUrl = address });

        private async Task<HttpStatusCode> SendAsync(string by, string path, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Stage.Host.Origin, $"api/{path}")) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[by]);
            request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid():N}");
            using var response = await Stage.Workflow.Http.SendAsync(request);
            return response.StatusCode;
        }
    }
}
