using System.Text.Json;
using Spectre.Console;

namespace Reanchor.LocalHost.Demo;

/// <summary>Shows what a scan found: each user, its class, and why.</summary>
internal static class FindingTable
{
    public static void Write(IReadOnlyList<JsonElement> findings)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("User", "Class", "Why");

        foreach (var finding in findings
            .OrderByDescending(f => f.GetProperty("classification").GetString() == "Candidate")
            .ThenBy(f => f.GetProperty("userPrincipalName").GetString(), StringComparer.Ordinal))
        {
            var classification = finding.GetProperty("classification").GetString()!;
            var candidate = classification == "Candidate";

            table.AddRow(
                finding.GetProperty("userPrincipalName").GetString()!.EscapeMarkup(),
                candidate ? "[green]Candidate[/]" : $"[yellow]{classification.EscapeMarkup()}[/]",
                (candidate ? Match(finding) : finding.GetProperty("reason").GetString()!).EscapeMarkup());
        }

        AnsiConsole.Write(table);
    }

    private static string Match(JsonElement finding)
    {
        var partner = finding.GetProperty("partner");
        var by = string.Join(" and ", partner.GetProperty("matchedBy").EnumerateArray().Select(m => m.GetString()));
        return $"{finding.GetProperty("reason").GetString()} It is {partner.GetProperty("samAccountName").GetString()}, by {by}.";
    }
}
