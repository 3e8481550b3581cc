using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Reanchor.Access;
using Reanchor.LocalHost.Hosting;

namespace Reanchor.IntegrationTests.Fuzzing;

/// <summary>Makes requests to one function after another, from a seed: what it makes does not depend on any answer.</summary>
internal sealed partial class RequestFuzzer(FuzzTargets targets, int seed)
{
    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-8", "application/json;charset=utf-16", "text/plain", "text/csv", "application/x-ndjson", "application/gzip",
        "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "", ";", "application/", "a/b;c=\"", "application/json, text/csv",
    ];

    private static readonly string[] Verbs = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "FOO"];

    private static readonly string[] Queries =
        ["top", "next", "status", "from", "to", "user", "type", "actor", "format", "classification", "error", "forest", "takenAt", "count", "anchorAttribute", "x", "%00", ""];

    private static readonly string[] OddHeaders =
    [
        "X-MS-CLIENT-PRINCIPAL: eyJhIjoxfQ==", "X-MS-CLIENT-PRINCIPAL-ID: root", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https", "X-Original-URL: /api/health",
        "X-HTTP-Method-Override: DELETE", "Idempotency-Key: k", "Idempotency-Key: ", "Idempotency-Key: %00'\"/\\#?", "If-Match: *", "Range: bytes=0-1", "Accept: application/xml",
        "Accept-Encoding: gzip, br, *;q=0", "Accept-Language: \u00e9", "Cookie: a=b; a=c", "Origin: https://evil.example", "Expect: 100-continue", "Upgrade: websocket", "Content-Language: x",
        "Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: gzip, gzip", "Content-MD5: x", "TE: trailers", "Forwarded: for=127.0.0.1;host=evil",
    ];

    private readonly Random _random = new(seed);
    private readonly Junk _junk = new(new Random(seed));

    public FuzzRequest Next(int number)
    {
        var function = targets.Functions[number % targets.Functions.Count];
        var verb = _junk.Chance(0.03) || function.Verbs.Count == 0 ? _junk.Of(Verbs) : _junk.Of(function.Verbs);
        var head = new StringBuilder($"{verb} {Path(function, verb)}{Query()} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        AddToken(head, function);

        if (function.Route.StartsWith("approvals/", StringComparison.Ordinal) && _junk.Chance(0.8))
        {
            head.Append("Idempotency-Key: k\r\n");
        }

        for (var i = _junk.Chance(0.3) ? 1 + _junk.Number(3) : 0; i > 0; i--)
        {
            head.Append(_junk.Of(OddHeaders)).Append("\r\n");
        }

        var takesBody = verb is not ("GET" or "HEAD" or "OPTIONS" or "TRACE") || _junk.Chance(0.02);
        return takesBody ? WithBody(function, head) : Finish(function, head, []);
    }

    private string Path(HttpFunction function, string verb)
    {
        var path = Parameter().Replace(function.Route, match =>
            _junk.Chance(0.15) ? _junk.Segment() : targets.Known(match.Groups[1].Value, function, verb) is { Count: > 0 } some ? _junk.Of(some) : _junk.Segment());

        return (_junk.Chance(0.02) ? _junk.Of(["//", "/api//", "/API/", "/api/./", "/api/../api/", "/api%2f", "/"]) : FuzzTargets.Prefix(function)) + path
            + (_junk.Chance(0.02) ? _junk.Of(["/", "//", "/..", "/x", "?", "%20", "."]) : "");
    }

    private string Query()
    {
        var query = new StringBuilder();

        for (var i = _junk.Chance(0.4) ? 1 + _junk.Number(4) : 0; i > 0; i--)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(_junk.Of(Queries));
            query.Append(_junk.Chance(0.9) ? $"={(_junk.Chance(0.5) && targets.Nexts is { Count: > 0 } nexts ? _junk.Of(nexts) : _junk.Value())}" : "");
        }

        return query.ToString();
    }

    private void AddToken(StringBuilder head, HttpFunction function)
    {
        // Most get past the gate: what stands behind it is what has to hold.
        var token = _junk.Number(20) switch
        {
            0 => null,
            1 => _junk.Of(["Bearer", "Bearer ", "Basic YTpi", "Bearer e30.e30.", "Bearer a.b.c", "bearer x", $"Bearer {new string('x', 5000)}", "Bearer \u00ff"]),
            2 => $"Bearer {_junk.Of(targets.Tokens.Values.ToList())}",
            3 => $"Bearer {_junk.Of(targets.Tokens.Values.ToList())[..^5]}xxxxx",
            _ => $"Bearer {targets.TokenFor(function)}",
        };

        if (token is not null)
        {
            head.Append("Authorization: ").Append(token).Append("\r\n");
        }
    }

    private FuzzRequest WithBody(HttpFunction function, StringBuilder head)
    {
        var isUpload = function.Name == "PutInventory" && _junk.Chance(0.9);
        var body = function.Name == "PutTenant" && _junk.Chance(0.2) ? """{"displayName":"Fuzz","mode":"propose","collectors":["corp"]}"""u8.ToArray()
            : isUpload
            ? _junk.Chance(0.2) ? targets.Inventory : _junk.Damage(targets.Inventory)
            : _junk.Json(_junk.Document(FuzzTargets.BodyOf(function, _junk), targets.KnownValue));
        var type = _junk.Chance(0.1) ? _junk.Of(Types) : isUpload ? "application/x-ndjson" : "application/json";

        if (isUpload && _junk.Chance(0.4))
        {
            body = _junk.Gzip(body);
            head.Append("Content-Encoding: gzip\r\n");
        }

        if (!isUpload && _junk.Chance(0.002))
        {
            body = new byte[5_000_000];
        }

        head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\n");
        return Finish(function, head, body);
    }

    private FuzzRequest Finish(HttpFunction function, StringBuilder head, byte[] body)
    {
        switch (_junk.Number(100))
        {
            case 0:
                head.Append(_junk.Of(["Content-Length: -1", "Content-Length: x", "Content-Length: 5\r\nContent-Length: 6", "Transfer-Encoding: x", "No colon", " : x", "A\0: b", "Host: two"])).Append("\r\n\r\n");
                return new(function.Name, head.ToString(), body, Breaks: true);
            case 1:
                head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length + 1 + _random.Next(50)}\r\n\r\n");
                return new(function.Name, head.ToString(), body, Breaks: true);
            case 2:
                head.Append("Transfer-Encoding: chunked\r\n\r\n");
                return new(function.Name, head.ToString(), [.. Encoding.ASCII.GetBytes(_junk.Of(["zz\r\n", "-1\r\n", "ffffffffff\r\n", "5\r\nab", "1\r\naX\r\n0\r\n\r\n"]))], Breaks: true);
            case 3:
                head.Append("X-Long: ").Append('x', _random.Next(40_000)).Append(CultureInfo.InvariantCulture, $"\r\nContent-Length: {body.Length}\r\n\r\n");
                return new(function.Name, head.ToString(), body, Breaks: true);
            case < 10 when body.Length > 0:
                head.Append("Transfer-Encoding: chunked\r\n\r\n");
                var size = Encoding.ASCII.GetBytes($"{body.Length:x}\r\n");
                return new(function.Name, head.ToString(), [.. size, .. body, .. "\r\n0\r\n\r\n"u8], Breaks: false);
            default:
                head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
                return new(function.Name, head.ToString(), body, Breaks: false);
        }
    }

    [GeneratedRegex(@"\{([^}:?*]+)[^}]*\}")]
    private static partial Regex Parameter();
}
