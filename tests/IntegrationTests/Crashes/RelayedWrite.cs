using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace Reanchor.IntegrationTests.Crashes;

/// <summary>A request that changes something in storage or in the directory, on its way there.</summary>
/// <param name="Step">What it writes, in words that are the same in every run of a story: no times and no random ids.</param>
/// <param name="About">Target and body as sent; of a message that is deleted, also what it said; of a write to a directory, also whose it is.</param>
internal sealed record RelayedWrite(string Step, string About)
{
    /// <returns><see langword="null"/> for a request that only reads, and for one that only holds on to a message.</returns>
    /// <param name="token">What the request is signed with; of Graph's, it names the tenant.</param>
    /// <param name="said">What a queued message says, by its id.</param>
    public static RelayedWrite? Of(RelayTarget target, string method, string path, string token, byte[] body, Func<string, string?> said)
    {
        var text = Encoding.UTF8.GetString(body);

        return (target, method) switch
        {
            (_, "GET" or "HEAD") => null,
            (RelayTarget.Queues, "POST") => Message(method, path, RelayedMessage.TextOf(text)),
            (RelayTarget.Queues, "DELETE") => Message(method, path, said(RelayedMessage.IdIn(path)) ?? ""),
            (RelayTarget.Queues, _) => null,
            (RelayTarget.Graph, "PATCH") => new($"PATCH {(text.Contains("null", StringComparison.Ordinal) ? "null" : "anchor")}", path + text + ClaimsOf(token)),
            (RelayTarget.Graph, _) => null,
            (RelayTarget.Tables, _) => Row(method, path, text),
            _ => new($"{method} blob", path),
        };
    }

    private static RelayedWrite Message(string method, string path, string text) =>
        new($"{method} {Regex.Match(path, "reanchor-[a-z-]+").Value}", path + text);

    private static string ClaimsOf(string token) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[1]));

    private static RelayedWrite Row(string method, string path, string text)
    {
        var table = Regex.Match(path + text, "Reanchor[A-Z][a-z]+").Value;
        var column = table is "ReanchorAudit" ? "\"Type\":\"(\\w+)\"" : "\"Status\":\"(\\w+)\"|status\\\\u0022:\\\\u0022(\\w+)";
        var says = Regex.Match(text, column).Groups.Values.Skip(1).FirstOrDefault(g => g.Success)?.Value;
        var page = Regex.Match(text, "page\\\\u0022:([1-9][0-9]*)").Groups[1].Value;
        var verb = path.Contains("$batch", StringComparison.Ordinal) ? "batch" : method;
        return new($"{verb} {table}{(says is null ? "" : $" {says}")}{(page is "" ? "" : $" page {page}")}", path + text);
    }
}
