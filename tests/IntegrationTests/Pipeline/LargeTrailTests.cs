using Azure;
using Azure.Data.Tables;
using Reanchor.Adapters.Blobs;
using Reanchor.Adapters.Storage;
using Reanchor.Adapters.Tables;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A long trail in a real table, sealed and verified by a real LocalHost.</summary>
public sealed class LargeTrailTests
{
    /// <summary>Of live objects, for the whole process: a quarter of what the rows take when all of them are held. Hexadecimal.</summary>
    private const string MaxHeap = "6000000";

    private static readonly int Events = LongRun.IsOn ? 100_000 : 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_LongTrail_IsIntactInLittleMemoryAndNamesWhatIsDoneToIt()
    {
        await using var stage = await Stage.SetAloneAsync();
        var connection = StorageConnection.FromConnectionString(stage.Storage);
        await new StorageSetup(connection).EnsureAsync(Cancellation);
        var tenant = Samples.NewTenantId();
        var entries = Entries(tenant).ToList();
        await WriteAsync(connection, entries);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph, ("Audit__Key", Samples.AuditKey), ("DOTNET_GCHeapHardLimit", MaxHeap));
        using var rita = await Api.SignInAsync(host.Origin, "rita", ["Read"]);

        await Deadline.UntilAsync("all is sealed", async () => await SealedAsync(connection, tenant) == Events, Patience);
        var found = await rita.GetAsync($"tenants/{tenant}/audit/verify");

        Assert.True(found.GetProperty("intact").GetBoolean(), $"{found}");
        Assert.Equal(Events, found.GetProperty("events").GetInt32());
        Assert.Equal(0, found.GetProperty("notYetSealed").GetInt32());

        var done = await TamperAsync(connection.Tables.GetTableClient(TableNames.Audit), entries);
        var named = (await rita.GetAsync($"tenants/{tenant}/audit/verify")).GetProperty("faults").EnumerateArray()
            .Select(fault => (fault.GetProperty("kind").GetString()!, fault.GetProperty("subject").GetString()!));
        Assert.Equal(done, named);
    }

    private static IEnumerable<AuditEntry> Entries(TenantId tenant)
    {
        var first = TimeProvider.System.GetUtcNow().AddMinutes(-Events);

        for (var n = 0; n < Events; n++)
        {
            yield return Samples.AuditStamp.Put(AuditEntry.Of(new ProposalSuperseded(
                new(tenant, first.AddMinutes(n), Samples.Olga)
                {
                    UserId = Guid.NewGuid(),
                    Reason = "The account changed between the scan and the clear.",
                })));
        }
    }

    // The trail itself writes row by row, which takes Azurite minutes.
    private static Task WriteAsync(StorageConnection connection, List<AuditEntry> entries)
    {
        var table = connection.Tables.GetTableClient(TableNames.Audit);
        return Parallel.ForEachAsync(
            entries.Select(AuditRowFormat.Write).GroupBy(row => row.PartitionKey).SelectMany(month => month.Chunk(100)),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation },
            async (rows, cancellationToken) => await table.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellationToken));
    }

    private static async Task<int> SealedAsync(StorageConnection connection, TenantId tenant) =>
        await new BlobSealArchive(connection.Blobs).ReadAsync(tenant, Cancellation)
            .Select(seal => seal.Document!.Seal.Count).SumAsync(Cancellation);

    /// <summary>What somebody with write access to the table can do to one row each.</summary>
    /// <returns>The fault that each has to be named as, oldest first.</returns>
    private static async Task<(string Kind, string Id)[]> TamperAsync(TableClient table, List<AuditEntry> entries)
    {
        var (altered, removed, copied, last) = (entries[Events / 4], entries[Events / 2], entries[Events * 3 / 4], entries[^1]);
        var inserted = copied with { Id = Guid.NewGuid().ToString("N"), At = copied.At.AddTicks(1) };

        await table.UpdateEntityAsync(
            AuditRowFormat.Write(altered with { Reason = "Nothing happened." }), ETag.All, TableUpdateMode.Replace, Cancellation);
        await table.DeleteEntityAsync(AuditRowFormat.Write(removed), cancellationToken: Cancellation);
        await table.AddEntityAsync(AuditRowFormat.Write(inserted), Cancellation);
        await table.DeleteEntityAsync(AuditRowFormat.Write(last), cancellationToken: Cancellation);

        return [("eventChanged", altered.Id), ("eventRemoved", removed.Id), ("eventInserted", inserted.Id), ("eventRemoved", last.Id)];
    }
}
