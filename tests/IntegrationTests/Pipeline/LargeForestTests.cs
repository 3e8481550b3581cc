using Reanchor.Benchmarks;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

public sealed class LargeForestTests
{
    private const int Accounts = 1_000_000;
    private const int Users = 2_000;
    private const long MaxGrowth = 60L * 1024 * 1024;

    [Fact]
    public async Task Scan_MillionAccountsTwoThousandUsers_GrowsTheProcessByLessThan60Megabytes()
    {
        await using var stage = await Stage.SetAloneAsync();
        var tenant = stage.AddTenant("Bellows", leftovers: Users);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, tenant, "report", new { maxProposalsPerScan = Users, maxFlaggedPercent = 100 });
        await ada.ScanAsync(tenant.Id, "report");
        var before = host.PeakWorkingSet;

        var (status, answer, _) = await ada.UploadAsync($"tenants/{tenant.Id}/inventories/corp", await ForestAsync(), "application/gzip");
        var afterUpload = host.PeakWorkingSet;
        var scan = await ada.ScanAsync(tenant.Id, "report", limit: TimeSpan.FromMinutes(3));
        var growth = host.PeakWorkingSet - before;

        TestContext.Current.SendDiagnosticMessage(
            "{0} MB, {1} MB after the upload, {2} MB after the scan", before >> 20, afterUpload >> 20, host.PeakWorkingSet >> 20);
        Assert.True((int)status == 201, $"{answer}");
        Assert.Equal(Users, scan.GetProperty("counts").GetProperty("NoPartner").GetInt32());
        Assert.True(growth < MaxGrowth, $"LocalHost grew by {growth >> 20} MB.");
    }

    private static async Task<byte[]> ForestAsync()
    {
        var path = Path.GetTempFileName();

        try
        {
            await SampleInventory.WriteAsync(path, Accounts, forest: "corp.bellows.example");
            return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
