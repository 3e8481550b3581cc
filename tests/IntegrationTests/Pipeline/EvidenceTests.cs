using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>
/// Every user's anchor is held by an account of the inventory in force. Each bad upload leaves those accounts, or their anchors, out:
/// if it were believed, users would look left over.
/// </summary>
public sealed class EvidenceTests(EvidenceTests.Host shared) : IClassFixture<EvidenceTests.Host>
{
    private const int Users = 20;

    public static TheoryData<string, string> BadUploads => new()
    {
        { "empty", "no account is listed" },
        { "40 % smaller", "40 % fewer than the 20" },
        { "3 days old", "It is 72 hours old; this tenant allows 24." },
        { "truncated gzip", "the inventory was cut off" },
        { "duplicated anchor", "line 3: the anchor (mS-DS-ConsistencyGuid, or objectGUID where that is empty) is that of line 2 already" },
        { "wrong count", "the end line counts 21 accounts, but 20 are listed" },
    };

    [Theory]
    [MemberData(nameof(BadUploads))]
    public async Task Upload_Bad_IsRefusedAndListedAndTheOneBeforeProtectsEveryAnchor(string how, string problem)
    {
        var tenant = shared.Covered;
        var before = await InForceAsync(tenant);

        var (status, answer, _) = await shared.All.UploadAsync(
            $"tenants/{tenant.Id}/inventories/corp", await BadAsync(tenant, how), "application/x-ndjson");
        var scan = await shared.All.ScanAsync(tenant.Id, "propose");

        Assert.Equal(422, (int)status);
        Assert.Contains(problem, Problems(answer.GetProperty("errors")), StringComparison.Ordinal);
        var after = await InForceAsync(tenant);
        Assert.Equal(before.GetProperty("version").GetString(), after.GetProperty("version").GetString());
        Assert.Contains(problem, after.GetProperty("refusals")[0].GetProperty("problems").ToString().Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("completed", scan.GetProperty("status").GetString());
        Assert.Equal(Users, scan.GetProperty("counts").GetProperty("AnchorInUse").GetInt32());
        Assert.Empty(await shared.All.ListAsync($"tenants/{tenant.Id}/proposals"));
        Assert.Equal("InventoryRefused", await LatestEventAsync(tenant, "InventoryRefused"));
    }

    [Theory]
    [MemberData(nameof(BadUploads))]
    public async Task Upload_BadAndNoneBefore_IsRefusedAndTheScanHalts(string how, string problem)
    {
        var tenant = shared.Bare;

        // A first inventory has none to be smaller than.
        var (status, answer, _) = await shared.All.UploadAsync(
            $"tenants/{tenant.Id}/inventories/corp",
            await BadAsync(tenant, how == "40 % smaller" ? "wrong count" : how),
            "application/x-ndjson");
        var scan = await shared.All.ScanAsync(tenant.Id, "propose");

        Assert.Equal(422, (int)status);
        Assert.True(how == "40 % smaller" || Problems(answer.GetProperty("errors")).Contains(problem, StringComparison.Ordinal), $"{answer}");
        Assert.False((await InForceAsync(tenant)).GetProperty("accepted").GetBoolean());
        Assert.Equal("halted", scan.GetProperty("status").GetString());
        Assert.Contains("collector corp", scan.GetProperty("haltReason").GetString(), StringComparison.Ordinal);
        Assert.Empty(await shared.All.ListAsync($"tenants/{tenant.Id}/proposals"));
    }

    [Fact]
    public async Task Scan_SecondForestOld_HaltsAndNamesCollectorAndForest()
    {
        var tenant = shared.Two;
        await shared.All.UploadAsync($"tenants/{tenant.Id}/inventories/corp", Join(await LinesAsync(tenant)));
        var emea = await LinesAsync(tenant);
        emea[0] = Header("emea.example", TimeSpan.FromHours(5));
        await shared.All.UploadAsync($"tenants/{tenant.Id}/inventories/emea", Join(emea));
        await shared.All.PutAsync(
            $"tenants/{tenant.Id}",
            new { displayName = "Two", mode = "propose", collectors = Host.TwoForests, policy = new { inventoryMaxAgeHours = 1 } });

        var scan = await shared.All.ScanAsync(tenant.Id, "propose");

        const string Reason = "The inventory of emea, forest emea.example, is 6 hours old; this tenant allows 1.";
        Assert.Equal("halted", scan.GetProperty("status").GetString());
        Assert.Equal(Reason, scan.GetProperty("haltReason").GetString());
        Assert.Equal(Reason, await LatestEventAsync(tenant, "ScanHalted", e => e.GetProperty("reason").GetString()!));
        Assert.Empty(await shared.All.ListAsync($"tenants/{tenant.Id}/proposals"));
    }

    private static async Task<byte[]> BadAsync(SimulatedTenant tenant, string how)
    {
        var lines = await LinesAsync(tenant);
        var bare = lines.Select(l => System.Text.RegularExpressions.Regex.Replace(l, "\"consistencyGuid\":\"[^\"]+\"", "\"consistencyGuid\":null")).ToArray();

        return how switch
        {
            "empty" => Join([bare[0], End(0)]),
            "40 % smaller" => Join([.. bare[..(1 + (Users * 6 / 10))], End(Users * 6 / 10)]),
            "3 days old" => Join([Header("corp.example", TimeSpan.FromDays(3) - TimeSpan.FromMinutes(1)), .. bare[1..]]),
            "truncated gzip" => Gzip(Join(bare)) is var whole ? whole[..(whole.Length / 2)] : [],
            "duplicated anchor" => Join([.. bare.Select(l => l.Replace("\"consistencyGuid\":null", "\"consistencyGuid\":\"aaaaaaaa-0000-4000-8000-000000000000\"", StringComparison.Ordinal))]),
            _ => Join([.. bare[..^1], End(Users + 1)]),
        };
    }

    private static async Task<string[]> LinesAsync(SimulatedTenant tenant) =>
        Encoding.UTF8.GetString(await Stage.InventoryAsync(tenant)).TrimEnd().Split('\n');

    private static byte[] Join(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));

    private static string End(int count) => string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"end","count":{{count}}}""");

    private static string Header(string forest, TimeSpan age) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"kind":"inventory","version":1,"forest":"{{forest}}","takenAt":"{{TimeProvider.System.GetUtcNow() - age:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""");

    private static byte[] Gzip(byte[] bytes)
    {
        using var buffer = new MemoryStream();

        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static string Problems(JsonElement errors) => string.Join('\n', errors.EnumerateArray().Select(e =>
        e.TryGetProperty("line", out var line) ? $"line {line}: {e.GetProperty("detail").GetString()}" : e.GetProperty("detail").GetString()));

    private async Task<JsonElement> InForceAsync(SimulatedTenant tenant) =>
        (await shared.All.GetAsync($"tenants/{tenant.Id}/inventories")).GetProperty("items")[0];

    private Task<string> LatestEventAsync(SimulatedTenant tenant, string type) =>
        LatestEventAsync(tenant, type, e => e.GetProperty("type").GetString()!);

    private async Task<string> LatestEventAsync(SimulatedTenant tenant, string type, Func<JsonElement, string> part) =>
        part((await shared.All.ListAsync($"tenants/{tenant.Id}/audit")).First(e => e.GetProperty("type").GetString() == type));

    /// <summary>One LocalHost: a tenant with a good inventory, one without any, and one of two forests.</summary>
    public sealed class Host : IAsyncLifetime
    {
        internal static readonly string[] TwoForests = ["corp", "emea"];
        private static readonly string[] Corp = ["corp"];

        private Stage? _stage;
        private LocalHostProcess? _process;

        internal Api All { get; private set; } = null!;

        public SimulatedTenant Covered { get; private set; } = null!;

        public SimulatedTenant Bare { get; private set; } = null!;

        public SimulatedTenant Two { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _stage = await Stage.SetAsync();
            Covered = Add("Covered");
            Bare = Add("Bare");
            Two = Add("Two");
            _process = await LocalHostProcess.StartAsync(_stage.Storage, _stage.Graph);
            All = await Api.SignInAsync(_process.Origin, "all", ["Administer", "Operate", "Upload"]);
            await Stage.RegisterAsync(All, Covered, "propose");
            await All.PutAsync($"tenants/{Bare.Id}", new { displayName = "Bare", mode = "propose", collectors = Corp });
            await All.PutAsync($"tenants/{Two.Id}", new { displayName = "Two", mode = "propose", collectors = TwoForests });
        }

        public async ValueTask DisposeAsync()
        {
            All.Dispose();
            await _process!.DisposeAsync();
            await _stage!.DisposeAsync();
        }

        /// <summary>A tenant whose users' anchors are the ConsistencyGuids of their accounts.</summary>
        private SimulatedTenant Add(string name)
        {
            var tenant = _stage!.AddTenant(name, leftovers: Users);
            var anchors = tenant.Users.Where(u => u.OnPremisesImmutableId is not null)
                .ToDictionary(u => u.UserPrincipalName, u => new Guid(Convert.FromBase64String(u.OnPremisesImmutableId!)));

            foreach (var account in tenant.Forests[0].Accounts)
            {
                tenant.Forests[0].UpdateAccount(account.ObjectGuid, a => a with { ConsistencyGuid = anchors[a.UserPrincipalName] });
            }

            return tenant;
        }
    }
}
