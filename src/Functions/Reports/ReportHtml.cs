using System.Net;
using System.Text;
using Reanchor.Functions.Http;
using Reanchor.Proposals;
using Reanchor.Reporting;
using Reanchor.Scanning;

namespace Reanchor.Functions.Reports;

/// <summary>A report as one page that loads nothing. Whatever comes from a directory or a person is shown as text, in a direction of its own.</summary>
internal static class ReportHtml
{
    public static async Task WriteAsync(ScanReport report, Stream output, CancellationToken cancellationToken)
    {
        await using var page = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        await page.WriteAsync(Head(report));
        await page.WriteAsync(WhatWasFound(report.Scan));
        await page.WriteAsync("<h2>What was done</h2>\n");
        await page.WriteAsync(report.Proposals.Count == 0
            ? "<p>So far nothing was proposed, and nothing was changed.</p>\n"
            : "<table><thead><tr><th>User<th>Old ImmutableID<th>What was done<th>What remains</tr></thead><tbody>\n");

        foreach (var ofUser in report.Proposals.GroupBy(proposal => proposal.UserId))
        {
            await page.WriteAsync(DoneRow(ReportedUser.Of([.. ofUser])));
        }

        await page.WriteAsync(report.Proposals.Count == 0 ? "" : "</tbody></table>\n");
        await page.WriteAsync(WhatRemainsInAll(report.Proposals));
        await WriteUsersAsync(page, report, cancellationToken);
        await page.WriteAsync("</body></html>\n");
        await page.FlushAsync(cancellationToken);
    }

    private static string Head(ScanReport report) => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{SecurityHeaders.ReportPolicy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Leftover ImmutableIDs: {WebUtility.HtmlEncode(report.TenantName)}</title>
        <style>{ReportStyle.Css}</style></head>
        <body>
        <h1>Leftover ImmutableIDs of {Text(report.TenantName)}</h1>
        <dl>
        <dt>Tenant<dd><code>{report.Scan.Tenant}</code>
        <dt>Scan<dd><code>{report.Scan.Id}</code>, {Word(report.Scan.Status)}
        <dt>Asked for<dd>{TimeText.Of(report.Scan.QueuedAt)} by {Text(report.Scan.RequestedBy.Name)}
        <dt>Ended<dd>{(report.Scan.EndedAt is { } ended ? TimeText.Of(ended) : "not yet")}
        <dt>Report written<dd>{TimeText.Of(report.WrittenAt)}
        </dl>
        {string.Concat(report.Notes.Select(note => $"<p>{Text(note)}</p>\n"))}
        """;

    private static string WhatWasFound(Scan scan) =>
        $"<h2>What was found</h2>\n<p>{(scan.Classified ? "" : "How many there are is not known. Of those read so far, ")}"
        + $"{(scan.Counts.Values.Sum() is var found and not 1 ? $"{found} users carry an ImmutableID and are" : "1 user carries an ImmutableID and is")} not synchronised. "
        + "An ImmutableID is left over when no on-premises account answers to it any more; only candidates are proposed to be cleared.</p>\n"
        + "<table><thead><tr><th>Class<th class=\"number\">Users</tr></thead><tbody>\n"
        + string.Concat(scan.Counts.OrderBy(count => count.Key).Select(count => $"<tr><td>{ClassificationWords.Of(count.Key).Label}<td class=\"number\">{count.Value}</tr>\n"))
        + "</tbody></table>\n";

    private static string DoneRow(ReportedUser user) =>
        $"<tr><td>{Name(user)}<td><code>{Text(user.Anchor.ToString())}</code><td><ul>"
        + string.Concat(user.Done.Select(step =>
            $"<li>{TimeText.Of(step.At)}: {Text(step.What)}, by {Text(step.By)}{(step.Reason is null ? "" : $". <span class=\"quiet\">{Text(step.Reason)}</span>")}"))
        + $"</ul><td>{Text(user.Remains)}</tr>\n";

    private static string WhatRemainsInAll(IReadOnlyList<Proposal> proposals) => proposals.Count == 0
        ? ""
        : "<h2>What remains</h2>\n<table><thead><tr><th>Proposals<th class=\"number\">Number</tr></thead><tbody>\n"
            + string.Concat(proposals.CountBy(proposal => proposal.Status).OrderBy(count => count.Key)
                .Select(count => $"<tr><td>{WhatRemains.LabelOf(count.Key)}<td class=\"number\">{count.Value}</tr>\n"))
            + "</tbody></table>\n";

    private static async Task WriteUsersAsync(StreamWriter page, ScanReport report, CancellationToken cancellationToken)
    {
        if (!report.HasFindings)
        {
            return;
        }

        await page.WriteAsync("<h2>Each user</h2>\n");

        foreach (var classification in report.Scan.Counts.Keys.Order())
        {
            var words = ClassificationWords.Of(classification);
            await page.WriteAsync($"<h3>{words.Label}</h3>\n<p>{words.Means} <span class=\"quiet\">What to do: {words.WhatToDo}</span></p>\n<table><thead><tr><th>User<th>ImmutableID<th>Why<th>On-premises account</tr></thead><tbody>\n");

            await foreach (var user in report.ReadUsersAsync(classification, cancellationToken))
            {
                await page.WriteAsync(
                    $"<tr><td>{Name(user)}<td><code>{Text(user.Anchor.ToString())}</code><td>{string.Join("<br>", user.Why.Select(Text))}<td>{Text(user.Partner ?? "")}</tr>\n");
            }

            await page.WriteAsync("</tbody></table>\n");
        }

        await page.WriteAsync(report.LastNote is { } note ? $"<p>{Text(note)}</p>\n" : "");
    }

    private static string Name(ReportedUser user) =>
        $"{Text(user.DisplayName ?? user.UserPrincipalName)}<br><span class=\"quiet\">{Text(user.UserPrincipalName)}</span>";

    /// <summary>Isolated, so that a mark in it that turns the direction of writing turns nothing else.</summary>
    private static string Text(string text) => $"<bdi>{WebUtility.HtmlEncode(text)}</bdi>";

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
