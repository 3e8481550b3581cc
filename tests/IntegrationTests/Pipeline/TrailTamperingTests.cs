using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Reanchor.Adapters.Blobs;
using Reanchor.Adapters.Storage;
using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Sealing;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>
/// Somebody with write access to the tables at a running installation. They cannot change a seal, but may add one to the container.
/// </summary>
public sealed class TrailTamperingTests
{
    private const int Events = 6;

    [Fact]
    public async Task Verify_RowsTamperedWith_NamesEach()
    {
        await using var stage = await Stage.SetAsync();
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph, ("MaintenanceSchedule", "* * * * * *"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer"]);
        var table = StorageConnection.FromConnectionString(stage.Storage).Tables.GetTableClient(TableNames.Audit);
        var tenants = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();

        foreach (var tenant in tenants)
        {
            await GivenSealedEventsAsync(ada, tenant);
        }

        var rows = await Task.WhenAll(tenants.Select(t => RowsAsync(table, t)));
        await ForgetChangeAsync(stage, tenants[3]);
        var named = new[]
        {
            ("eventChanged", await AlterAsync(table, rows[0][2])),
            ("eventRemoved", await RemoveAsync(table, rows[1][3])),
            ("eventInserted", await InsertAsync(table, rows[2][2])),
            ("eventRemoved", await RemoveAsync(table, rows[3][0])), // the newest
        };

        await AssertNamedAsync(ada, tenants, named);

        // Nor does the next seal make good what was done.
        foreach (var tenant in tenants)
        {
            await GivenSealedEventsAsync(ada, tenant, Events + 1);
        }

        await AssertNamedAsync(ada, tenants, named);
    }

    [Fact]
    public async Task Verify_SealAddedWithoutTheKey_NamesItAndItsEventAndSealsNoMore()
    {
        await using var stage = await Stage.SetAsync();
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph, ("MaintenanceSchedule", "* * * * * *"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer"]);
        var connection = StorageConnection.FromConnectionString(stage.Storage);
        var tenant = Guid.NewGuid();
        await GivenSealedEventsAsync(ada, tenant);

        var forged = await ForgeAsync(connection, tenant);

        await Deadline.UntilAsync("sealing refuses it", () => Task.FromResult(host.Output.Contains("No key that is known stamped seal", StringComparison.Ordinal)));
        var found = await ada.GetAsync($"tenants/{tenant}/audit/verify");
        Assert.False(found.GetProperty("intact").GetBoolean(), $"{found}");
        Assert.Equal([("sealInserted", $"seal {forged.Sequence}"), ("eventInserted", forged.Id)], NamedIn(found));
        await AssertNotRegisteredAsync(connection, tenant, forged.Sequence);
    }

    [Fact]
    public async Task Verify_SealUntilTheYear9999_NamesItAndSealsNoMore()
    {
        await using var stage = await Stage.SetAsync();
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage, stage.Graph, ("MaintenanceSchedule", "* * * * * *"), ("Audit__Key", Samples.AuditKey));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer"]);
        var connection = StorageConnection.FromConnectionString(stage.Storage);
        var tenant = Guid.NewGuid();
        await GivenSealedEventsAsync(ada, tenant);
        var last = await NewestSealAsync(connection, tenant);
        var ahead = SealDocument.Over([], last with { Sequence = last.Sequence + 1, Previous = last.Hash, Until = last.Until.AddYears(9999 - last.Until.Year) });

        await AddAsync(connection, ahead with { Seal = Samples.AuditStamp.Put(ahead.Seal) });

        await Deadline.UntilAsync("sealing refuses it", () => Task.FromResult(host.Output.Contains("bears a date that is still to come", StringComparison.Ordinal)));
        var found = await ada.GetAsync($"tenants/{tenant}/audit/verify");
        Assert.Equal([("sealChanged", $"seal {ahead.Seal.Sequence}")], NamedIn(found));
        Assert.Contains("9999", found.GetProperty("faults")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        await AssertNotRegisteredAsync(connection, tenant, ahead.Seal.Sequence);
    }

    [Fact]
    public async Task List_RowSpoilt_SaysSoAmongTheOthers()
    {
        await using var stage = await Stage.SetAsync();
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer"]);
        var tenant = Guid.NewGuid();
        await ada.PutAsync($"tenants/{tenant}", new { displayName = "One" });
        await ada.PutAsync($"tenants/{tenant}", new { displayName = "Two" });
        var table = StorageConnection.FromConnectionString(stage.Storage).Tables.GetTableClient(TableNames.Audit);
        var newest = (await RowsAsync(table, tenant))[0];
        newest["Json0"] = newest.GetString("Json0")[..40];
        await table.UpdateEntityAsync(newest, newest.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);

        var listed = (await ada.GetAsync($"tenants/{tenant}/audit")).GetProperty("items");
        var csv = await ada.SendAsync(HttpMethod.Get, $"tenants/{tenant}/audit?format=csv");

        Assert.Equal(["UnreadableRow", "TenantRegistered"], listed.EnumerateArray().Select(e => e.GetProperty("type").GetString()));
        Assert.Equal(200, (int)csv.Status);
    }

    [Fact]
    public async Task Verify_UnknownTenantOrTooLittleAccess_IsRefused()
    {
        await using var stage = await Stage.SetAsync();
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        var tenant = Guid.NewGuid();
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer"]);
        using var rita = await Api.SignInAsync(host.Origin, "rita", ["Read"], $"{tenant}");
        await ada.PutAsync($"tenants/{tenant}", new { displayName = "Tailspin" });

        Assert.Equal(404, (int)(await ada.SendAsync(HttpMethod.Get, $"tenants/{Guid.NewGuid()}/audit/verify")).Status);
        Assert.Equal(404, (int)(await rita.SendAsync(HttpMethod.Get, $"tenants/{Guid.NewGuid()}/audit/verify")).Status);
        Assert.Equal(403, (int)(await rita.SendAsync(HttpMethod.Get, "audit/verify")).Status);
        Assert.Equal(403, (int)(await rita.SendAsync(HttpMethod.Get, "audit")).Status);
        Assert.Equal(400, (int)(await rita.SendAsync(HttpMethod.Get, $"tenants/{tenant}/audit?type=Misspelt")).Status);
        Assert.Equal(400, (int)(await rita.SendAsync(HttpMethod.Get, $"tenants/{tenant}/audit?format=xml")).Status);
        Assert.True((await rita.GetAsync($"tenants/{tenant}/audit/verify")).GetProperty("intact").GetBoolean());
        Assert.True((await ada.GetAsync("audit/verify")).GetProperty("intact").GetBoolean());
    }

    private static async Task GivenSealedEventsAsync(Api administrator, Guid tenant, int events = Events)
    {
        for (var n = 0; n < events; n++)
        {
            await administrator.PutAsync($"tenants/{tenant}", new { displayName = $"Name {events}-{n}" });
        }

        await Deadline.UntilAsync("all is sealed", async () =>
            (await administrator.GetAsync($"tenants/{tenant}/audit/verify")).GetProperty("notYetSealed").GetInt32() == 0);
    }

    private static async Task AssertNamedAsync(Api reader, Guid[] tenants, (string Kind, string Id)[] named)
    {
        for (var n = 0; n < named.Length; n++)
        {
            var found = await reader.GetAsync($"tenants/{tenants[n]}/audit/verify");
            var fault = Assert.Single(found.GetProperty("faults").EnumerateArray());
            Assert.False(found.GetProperty("intact").GetBoolean());
            Assert.Equal(named[n], (fault.GetProperty("kind").GetString()!, fault.GetProperty("subject").GetString()!));
        }

        Assert.True((await reader.GetAsync($"tenants/{tenants[^1]}/audit/verify")).GetProperty("intact").GetBoolean());
    }

    private static async Task<List<TableEntity>> RowsAsync(TableClient table, Guid tenant) =>
        await table.QueryAsync<TableEntity>(row => row.PartitionKey.CompareTo($"{tenant}|") >= 0 && row.PartitionKey.CompareTo($"{tenant}|~") < 0)
            .ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>An event that never happened, with a hash that is right, and the next seal over it.</summary>
    private static async Task<(string Id, long Sequence)> ForgeAsync(StorageConnection connection, Guid tenant)
    {
        var table = connection.Tables.GetTableClient(TableNames.Audit);
        var model = AuditRowFormat.Read((await RowsAsync(table, tenant))[2], new(tenant));
        var forged = model with { Id = Guid.NewGuid().ToString("N"), At = model.At.AddTicks(-10), Reason = "Nothing happened." };
        forged = forged with { Hash = forged.ComputeHash() };
        await table.AddEntityAsync(AuditRowFormat.Write(forged));
        var last = await NewestSealAsync(connection, tenant);
        await AddAsync(connection, SealDocument.Over([SealedEvent.Of(forged)], last with { Sequence = last.Sequence + 1, Previous = last.Hash }));
        return (forged.Id, last.Sequence + 1);
    }

    private static async Task<Seal> NewestSealAsync(StorageConnection connection, Guid tenant) =>
        (await new BlobSealArchive(connection.Blobs).ReadAsync(new(tenant), TestContext.Current.CancellationToken)
            .FirstAsync(TestContext.Current.CancellationToken)).Document!.Seal;

    private static async Task AddAsync(StorageConnection connection, SealDocument document) =>
        Assert.True(await new BlobSealArchive(connection.Blobs).TryAddAsync(document, TestContext.Current.CancellationToken));

    private static async Task AssertNotRegisteredAsync(StorageConnection connection, Guid tenant, long sequence) =>
        Assert.DoesNotContain(
            await new TableSealRegister(connection.Tables).ListAsync(new(tenant), TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken),
            seal => seal.Sequence >= sequence);

    private static IEnumerable<(string Kind, string Subject)> NamedIn(JsonElement found) => found.GetProperty("faults").EnumerateArray()
        .Select(fault => (fault.GetProperty("kind").GetString()!, fault.GetProperty("subject").GetString()!));

    /// <summary>Maintenance tells from a tenant's row what the trail lacks: whoever cuts off the last event has to spoil the row as well.</summary>
    private static async Task ForgetChangeAsync(Stage stage, Guid tenant)
    {
        var table = StorageConnection.FromConnectionString(stage.Storage).Tables.GetTableClient(TableNames.Tenants);
        TableEntity row = await table.GetEntityAsync<TableEntity>($"{tenant}", "tenant", cancellationToken: TestContext.Current.CancellationToken);
        var state = JsonNode.Parse(row.GetString("Json0"))!.AsObject();
        Assert.True(state.Remove("change"));
        row["Json0"] = state.ToJsonString();
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
    }

    /// <summary>Another reason, or display name, and nothing else.</summary>
    private static async Task<string> AlterAsync(TableClient table, TableEntity row)
    {
        row["Json0"] = row.GetString("Json0").Replace($"Name {Events}", "Nome", StringComparison.Ordinal);
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        return IdOf(row);
    }

    private static async Task<string> RemoveAsync(TableClient table, TableEntity row)
    {
        await table.DeleteEntityAsync(row);
        return IdOf(row);
    }

    /// <summary>A copy of a genuine row, one microsecond earlier and with an id of its own, in keys and content.</summary>
    private static async Task<string> InsertAsync(TableClient table, TableEntity row)
    {
        var id = Guid.NewGuid().ToString("N");
        var ticks = long.Parse(row.RowKey[..19], null) + 10;
        var at = JsonSerializer.Deserialize<JsonElement>(row.GetString("Json0")).GetProperty("at").GetString()!;
        var earlier = JsonSerializer.Serialize(DateTimeOffset.Parse(at, null).AddTicks(-10)).Trim('"');
        var forged = new TableEntity(row.PartitionKey, $"{ticks:d19}-{id}")
        {
            ["Json0"] = row.GetString("Json0").Replace(IdOf(row), id, StringComparison.Ordinal).Replace(at, earlier, StringComparison.Ordinal),
            ["Type"] = row["Type"],
            ["ActorId"] = row["ActorId"],
        };
        await table.AddEntityAsync(forged);
        return id;
    }

    private static string IdOf(TableEntity row) => row.RowKey[20..];
}
