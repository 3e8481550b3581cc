using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>Everything a caller can get wrong is refused with a place and a cure, keeps nothing, and is never a 500.</summary>
public sealed class BadInputTests(BadInputTests.Host shared) : IClassFixture<BadInputTests.Host>
{
    private const string Header = """{"kind":"inventory","version":1,"forest":"corp.proseware.example","takenAt":"2026-01-01T00:00:00Z"}""";
    private const string Account = """{"objectGuid":"11111111-2222-3333-4444-555555555555"}""";

    private string Tenant => $"tenants/{shared.Tenant.Id}";

    [Theory]
    [InlineData("PUT", "tenants/not-a-guid", "{}", 400)]
    [InlineData("GET", "tenants/00000000-0000-0000-0000-000000000000", null, 400)]
    [InlineData("GET", "tenants/{00000000-0000-0000-0000-000000000001}", null, 400)]
    [InlineData("GET", "tenants/99999999-9999-9999-9999-999999999999", null, 404)]
    [InlineData("GET", "tenants/99999999-9999-9999-9999-999999999999/inventories", null, 404)]
    [InlineData("GET", "tenants/99999999-9999-9999-9999-999999999999/scans", null, 404)]
    [InlineData("GET", "tenants/99999999-9999-9999-9999-999999999999/proposals", null, 404)]
    [InlineData("GET", "tenants/99999999-9999-9999-9999-999999999999/audit", null, 404)]
    [InlineData("POST", "tenants/99999999-9999-9999-9999-999999999999/scans", "{}", 404)]
    [InlineData("PUT", "T", "{", 400)]
    [InlineData("PUT", "T", "null", 400)]
    [InlineData("PUT", "T", "[]", 400)]
    [InlineData("PUT", "T", "{}", 400)]
    [InlineData("PUT", "T", """{"displayName":""}""", 400)]
    [InlineData("PUT", "T", """{"displayName":7}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","colour":"red"}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","displayName":"y"}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","mode":"maybe"}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","mode":1}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","collectors":["Corp!"]}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","collectors":["corp","corp"]}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","policy":{"inventoryMaxAgeHours":0}}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","policy":{"maxFlaggedPercent":101}}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","collectors":[null]}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","policy":{"protectedUserIds":["x"]}}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","policy":{"protectedUserIds":null}}""", 400)]
    [InlineData("PUT", "T", """{"displayName":"x","policy":{"minimumSighting":3}}""", 400)]
    [InlineData("POST", "T/scans", """{"mode":"perhaps"}""", 400)]
    [InlineData("POST", "T/scans", """{"mode":"propose"}""", 409)]
    [InlineData("GET", "T/scans/nothing", null, 404)]
    [InlineData("GET", "T/scans?top=0", null, 400)]
    [InlineData("GET", "T/scans?top=1001", null, 400)]
    [InlineData("GET", "T/scans?next=%25%25", null, 400)]
    [InlineData("GET", "T/proposals?status=gone", null, 400)]
    [InlineData("GET", "T/proposals?status=1", null, 400)]
    [InlineData("GET", "T/proposals?status=pending,approved", null, 400)]
    [InlineData("GET", "T/proposals/nothing", null, 404)]
    [InlineData("GET", "T/proposals/nothing/hard-match", null, 404)]
    [InlineData("POST", "T/proposals/nothing/decision", """{"decision":"approve","digest":"x","reason":"y"}""", 404)]
    [InlineData("POST", "T/proposals/nothing/decision", """{"decision":"approve","digest":"x"}""", 400)]
    [InlineData("POST", "T/proposals/nothing/decision", """{"decision":"approve","digest":"x","reason":" "}""", 400)]
    [InlineData("POST", "T/proposals/nothing/restore-anchor", """{"reason":"y"}""", 404)]
    [InlineData("POST", "T/scans/nothing/resume", """{"reason":"y"}""", 404)]
    [InlineData("POST", "T/scans/nothing/resume", """{"reason":""}""", 400)]
    [InlineData("POST", "T/scans/0000000000000000/resume", """{"reason":"y"}""", 404)]
    [InlineData("POST", "T/scans/0000000000000000/resume", """{"why":"y"}""", 400)]
    [InlineData("GET", "T/exceptions/me", null, 400)]
    [InlineData("GET", "T/exceptions/11111111-2222-3333-4444-555555555555", null, 404)]
    [InlineData("GET", "tenants/99999999-9999-9999-9999-999999999999/exceptions", null, 404)]
    [InlineData("PUT", "T/exceptions/11111111-2222-3333-4444-555555555555", """{"owner":"x","reason":"y"}""", 400)]
    [InlineData("PUT", "T/exceptions/11111111-2222-3333-4444-555555555555", """{"owner":"x","reason":"y","expiresAt":"2020-01-01T00:00:00Z"}""", 400)]
    [InlineData("DELETE", "T/exceptions/11111111-2222-3333-4444-555555555555", null, 400)]
    [InlineData("DELETE", "T/exceptions/11111111-2222-3333-4444-555555555555", """{"reason":"y"}""", 404)]
    [InlineData("POST", "T/decisions", """{"decisions":[]}""", 400)]
    [InlineData("POST", "T/decisions", """{"decisions":[null]}""", 400)]
    [InlineData("POST", "T/decisions", """{"decisions":[{"proposalId":"../x","decision":"approve","digest":"x","reason":"y"}]}""", 400)]
    [InlineData("GET", "T/users/nobody@proseware.example/diagnosis", null, 404)]
    [InlineData("GET", "T/users/11111111-2222-3333-4444-555555555555/diagnosis", null, 404)]
    [InlineData("GET", "T/users/%24count/diagnosis", null, 404)]
    [InlineData("GET", "T/users/o'brien%23ext%23%25@proseware.example/diagnosis", null, 404)]
    [InlineData("GET", "T/users/nobody@proseware.example/diagnosis?error=E_FAIL", null, 400)]
    [InlineData("GET", "tenants/99999999-9999-9999-9999-999999999999/users/nobody@proseware.example/diagnosis", null, 404)]
    [InlineData("GET", "T/audit?from=yesterday", null, 400)]
    [InlineData("GET", "T/audit?user=me", null, 400)]
    [InlineData("GET", "T/audit?format=xml", null, 400)]
    public async Task Request_InDisorder_IsRefusedWithAProblem(string method, string path, string? body, int expected)
    {
        var content = body is null ? null : Api.Text(body);

        var (status, problem, _) = await shared.All.SendAsync(
            new(method), path.Replace("T", Tenant, StringComparison.Ordinal), content);

        Assert.Equal(expected, (int)status);
        Assert.Equal(expected, problem.GetProperty("status").GetInt32());
        Assert.True(problem.GetProperty("detail").GetString()!.Length > 10);
        Assert.DoesNotContain("Reanchor.", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"displayName":"x","colour":"red"}""", "colour")]
    [InlineData("""{"mode":"report"}""", "displayName")]
    [InlineData("""{"displayName":"x","mode":"maybe"}""", "$.mode")]
    [InlineData("{\n\"displayName\":\n}", "line 3")]
    public async Task Body_InDisorder_NamesThePlace(string body, string place)
    {
        var (_, problem, _) = await shared.All.SendAsync(HttpMethod.Put, Tenant, Api.Text(body));

        Assert.Contains(place, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenant_SentBackAsItWasRead_KeepsItsPolicyUnlessSomeoneChangedItSince()
    {
        var tenant = $"tenants/{Guid.NewGuid()}";
        await shared.All.SendAsync(HttpMethod.Put, tenant, Api.Text("""{"displayName":"x","policy":{"protectedUserIds":["11111111-2222-3333-4444-555555555555"]}}"""));
        var read = (await shared.All.GetAsync(tenant)).ToString();
        var change = read.Replace("\"report\"", "\"propose\"", StringComparison.Ordinal);

        var (first, changed, _) = await shared.All.SendAsync(HttpMethod.Put, tenant, Api.Text(change));
        var (second, _, _) = await shared.All.SendAsync(HttpMethod.Put, tenant, Api.Text(change));
        var (elsewhere, _, _) = await shared.All.SendAsync(HttpMethod.Put, Tenant, Api.Text(read));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.BadRequest), (first, second, elsewhere));
        Assert.Equal("propose", changed.GetProperty("mode").GetString());
        Assert.Equal(1, changed.GetProperty("policy").GetProperty("protectedUserIds").GetArrayLength());
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    public async Task Body_OfAnotherType_IsRefused(string type, int expected)
    {
        var (status, _, _) = await shared.All.SendAsync(HttpMethod.Put, Tenant, Api.Text("""{"displayName":"x"}""", type));

        Assert.Equal(expected, (int)status);
    }

    [Fact]
    public async Task Body_TooLarge_Is413()
    {
        var (status, problem, _) = await shared.All.SendAsync(
            HttpMethod.Put, Tenant, Api.Text($$"""{"displayName":"{{new string('x', 5 * 1024 * 1024)}}"}"""));

        Assert.Equal(413, (int)status);
        Assert.Equal(413, problem.GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Upload", 403)]
    [InlineData("Read", 200)]
    [InlineData("Approve", 200)]
    public async Task Tenant_ByRole_IsShownToThoseWhoMayRead(string? role, int expected)
    {
        using var caller = role is null
            ? Api.Anonymous(shared.Process.Origin)
            : await Api.SignInAsync(shared.Process.Origin, "someone", [role]);

        var (status, _, _) = await caller.SendAsync(HttpMethod.Get, Tenant);

        Assert.Equal(expected, (int)status);
    }

    [Fact]
    public async Task Tenant_OutsideTheCallersScope_IsAsIfItWereNotThere()
    {
        using var stranger = await Api.SignInAsync(
            shared.Process.Origin, "stranger", ["Administer", "Operate", "Approve"], "99999999-9999-9999-9999-999999999999");

        var (status, _, _) = await stranger.SendAsync(HttpMethod.Get, Tenant);
        var list = await stranger.ListAsync("tenants");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Empty(list);
    }

    [Theory]
    [InlineData(Header, null, "end line")]
    [InlineData(Header + "\n" + Account, null, "end line")]
    [InlineData(Header + "\n" + Account + "\n{\"kind\":\"end\",\"count\":2}", 3, "2")]
    [InlineData(Header + "\n{\"objectGuid\":\"nonsense\"}\n{\"kind\":\"end\",\"count\":1}", 2, "objectGuid")]
    [InlineData(Header + "\n{\"objectGuid\":\"11111111-2222-3333-4444-555555555555\",\"colour\":\"red\"}\n{\"kind\":\"end\",\"count\":1}", 2, "colour")]
    [InlineData(Header + "\nnot json\n{\"kind\":\"end\",\"count\":1}", 2, "JSON")]
    [InlineData("not json", 1, "JSON")]
    public async Task Upload_InDisorder_NamesTheLineAndKeepsNothing(string ndjson, int? line, string mentions)
    {
        var before = await InForceAsync();

        var (status, problem, _) = await shared.All.UploadAsync(
            $"{Tenant}/inventories/corp", Encoding.UTF8.GetBytes(Fresh(ndjson) + "\n"));

        Assert.Equal(422, (int)status);
        var errors = problem.GetProperty("errors").EnumerateArray().ToList();
        Assert.Contains(errors, e => e.GetProperty("detail").GetString()!.Contains(mentions, StringComparison.OrdinalIgnoreCase));
        Assert.True(line is null || errors.Exists(e => e.TryGetProperty("line", out var l) && l.GetInt32() == line), problem.ToString());
        Assert.Equal(before, await InForceAsync());
    }

    [Fact]
    public async Task Upload_DamagedGzip_KeepsNothing()
    {
        var before = await InForceAsync();
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(await Stage.InventoryAsync(shared.Tenant), TestContext.Current.CancellationToken);
        }

        var half = compressed.ToArray()[..(int)(compressed.Length / 2)];
        var (status, _, _) = await shared.All.UploadAsync($"{Tenant}/inventories/corp", half, encoding: "gzip");

        Assert.Equal(422, (int)status);
        Assert.Equal(before, await InForceAsync());
    }

    [Fact]
    public async Task Upload_FiftyMegabytesOfJunk_IsRefusedAtItsFirstLine()
    {
        var before = await InForceAsync();
        var junk = new byte[50 * 1024 * 1024];
        new Random(5).NextBytes(junk);
        junk.AsSpan().Replace((byte)'\n', (byte)' ');
        junk[0] = (byte)'x';

        var (status, problem, _) = await shared.All.UploadAsync($"{Tenant}/inventories/corp", junk);

        Assert.True((int)status is 413 or 422, problem.ToString());
        Assert.Equal(1, problem.GetProperty("errors")[0].GetProperty("line").GetInt32());
        Assert.Equal(before, await InForceAsync());
    }

    [Theory]
    [InlineData("corp", "application/xml", "", 415)]
    [InlineData("Corp!", "application/x-ndjson", "", 400)]
    [InlineData("emea", "application/x-ndjson", "", 404)]
    [InlineData("corp", "text/csv", "", 400)]
    [InlineData("corp", "text/csv", "?forest=corp.proseware.example&takenAt=soon&count=1", 400)]
    [InlineData("corp", "text/csv", "?forest=corp.proseware.example&takenAt=2026-01-01T00:00:00Z&count=one", 400)]
    [InlineData("corp", "text/csv", "?forest=corp.proseware.example&takenAt=2026-01-01T00:00:00Z&count=1", 422)]
    public async Task Upload_AddressedWrongly_IsRefused(string collector, string type, string query, int expected)
    {
        var (status, problem, _) = await shared.All.UploadAsync(
            $"{Tenant}/inventories/{collector}{query}", Encoding.UTF8.GetBytes("name,colour\na,b\n"), type);

        Assert.Equal(expected, (int)status);
        Assert.Equal(expected, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Upload_MuchSmallerThanTheLast_IsRefusedAndTheLastStaysInForce()
    {
        var before = await InForceAsync();
        var lines = Encoding.UTF8.GetString(await Stage.InventoryAsync(shared.Tenant)).Split('\n');
        var smaller = string.Join('\n', [lines[0], lines[1], """{"kind":"end","count":1}""", ""]);

        var (status, problem, _) = await shared.All.UploadAsync($"{Tenant}/inventories/corp", Encoding.UTF8.GetBytes(smaller));

        Assert.Equal(422, (int)status);
        Assert.Contains("fewer", problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await InForceAsync());
    }

    [Fact]
    public async Task Upload_CsvOfAnotherAnchorAttribute_IsRefusedAndSaysSo()
    {
        var (status, problem, _) = await shared.All.UploadAsync(
            $"{Tenant}/inventories/corp?forest=corp.proseware.example&takenAt=2026-01-01T00:00:00Z&count=1&anchorAttribute=employeeID",
            Encoding.UTF8.GetBytes("name,colour\na,b\n"),
            "text/csv");

        Assert.Equal(422, (int)status);
        Assert.Contains("read for the anchor attribute employeeID", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListInventories_InForce_SaysWhatItWasReadForAndWhetherDeletedAccountsWereRead()
    {
        var inForce = (await shared.All.GetAsync($"{Tenant}/inventories")).GetProperty("items")[0];

        Assert.Equal("ms-DS-ConsistencyGuid", inForce.GetProperty("anchorAttribute").GetString());
        Assert.True(inForce.GetProperty("deletedRead").GetBoolean());
    }

    private async Task<string> InForceAsync() =>
        (await shared.All.GetAsync($"{Tenant}/inventories")).GetProperty("items")[0].GetProperty("version").GetString()!;

    private static string Fresh(string ndjson) => ndjson.Replace(
        "2026-01-01T00:00:00Z", JsonSerializer.Serialize(TimeProvider.System.GetUtcNow()).Trim('"'), StringComparison.Ordinal);

    /// <summary>One LocalHost with one tenant, whose inventory is in force, for all tests of the class.</summary>
    public sealed class Host : IAsyncLifetime
    {
        private Stage? _stage;

        internal LocalHostProcess Process { get; private set; } = null!;

        internal Api All { get; private set; } = null!;

        public SimulatedTenant Tenant { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _stage = await Stage.SetAsync();
            Tenant = _stage.AddTenant("Proseware", leftovers: 20);
            Process = await LocalHostProcess.StartAsync(_stage.Storage, _stage.Graph);
            All = await Api.SignInAsync(Process.Origin, "all", ["Administer", "Operate", "Approve", "Upload"]);
            await Stage.RegisterAsync(All, Tenant, "report");
        }

        public async ValueTask DisposeAsync()
        {
            All.Dispose();
            await Process.DisposeAsync();
            await _stage!.DisposeAsync();
        }
    }
}
