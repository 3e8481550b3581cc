using System.Text;
using System.Text.Json;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Functions.Auditing;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Auditing;

public sealed class AuditExportTests
{
    private readonly InMemoryAuditTrail _trail = new();
    private readonly TenantId _tenant = Samples.NewTenantId();

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")")]
    public async Task Csv_CellThatWouldBeAFormula_IsText(string reason, string written)
    {
        await TellAsync(reason);

        var csv = await WriteAsync(AuditCsv.WriteAsync);

        Assert.Contains($",\"{written}\",", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_QuotesAndLines_StayInTheirCell()
    {
        await TellAsync("said \"no\",\nand left");

        Assert.Contains(",\"said \"\"no\"\",\nand left\",", await WriteAsync(AuditCsv.WriteAsync), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ndjson_MoreThanOnePage_IsOneEventALine()
    {
        for (var n = 0; n < 1001; n++)
        {
            await TellAsync($"line\n{n}");
        }

        var lines = (await WriteAsync(AuditNdjson.WriteAsync)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1001, lines.Length);
        Assert.Equal(
            _trail.Entries.Reverse().Select(e => e.Id), lines.Select(l => JsonSerializer.Deserialize<JsonElement>(l).GetProperty("eventId").GetString()));
    }

    private Task TellAsync(string reason) => _trail.AppendAsync(
        new ScanFailed(new(_tenant, Samples.Now.AddSeconds(_trail.Entries.Count), Samples.Olga) { Reason = reason }), World.Cancellation);

    private async Task<string> WriteAsync(Func<IAuditTrail, AuditQuery, Stream, CancellationToken, Task> write)
    {
        using var output = new MemoryStream();
        await write(_trail, new(_tenant), output, World.Cancellation);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
