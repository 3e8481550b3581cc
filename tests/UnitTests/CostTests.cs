using System.Globalization;
using Reanchor.Contracts;

namespace Reanchor.UnitTests;

/// <summary>The arithmetic of docs/cost.md, done again from its own tables.</summary>
public sealed class CostTests
{
    private static readonly Dictionary<string, string[]> Rows = File.ReadLines(Repository.Path("docs/cost.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line.Trim('|').Replace("*", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries))
        .GroupBy(cells => cells[0].Split('`') is [_, var name, ..] ? name : cells[0])
        .SelectMany(rows => rows.Select((cells, index) => (Key: index == 0 ? rows.Key : $"{rows.Key} of the work", cells)))
        .ToDictionary(row => row.Key, row => row.cells);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Lines_OfEachInstallation_AreWhatTheTablesGive(int column)
    {
        decimal Work(string name) => Number(Rows[name][column]);
        var executions = (Work("tenants") * 30) + 1440 + (10 * Work("clears"));
        Dictionary<string, decimal> lines = new()
        {
            ["compute"] = Price("gbSecond", Work("tenants") * 30 * Work("secondsPerScan") * 0.5m),
            ["executions"] = Price("execution", executions),
            ["tables"] = Price("tableOperation", (30 * ((20 * Work("tenants")) + (2 * Work("leftovers")))) + (100 * Work("clears"))),
            ["queues"] = Price("queueOperation", (4 * executions) + 864_000),
            ["logs"] = Price("logGb", Work("logGb of the work")),
            ["alerts"] = Price("alertRule", Work("alertRules")),
            ["audit trail"] = Price("auditGb", Work("auditGb of the work")),
        };
        lines["total"] = lines.Values.Sum();

        Assert.Equal(lines, lines.ToDictionary(line => line.Key, line => Number(Rows[line.Key][column + 1])));
    }

    private static decimal Price(string name, decimal amount) =>
        Math.Round(Math.Max(0, amount - Number(Rows[name][2])) * Number(Rows[name][1]), 2);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
