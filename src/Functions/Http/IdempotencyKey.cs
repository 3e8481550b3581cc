using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Reanchor.Functions.Http;

/// <summary>The <c>Idempotency-Key</c> of a request that may come again.</summary>
internal static partial class IdempotencyKey
{
    private const string Header = "Idempotency-Key";

    /// <returns>The key, or the problem to answer with; never both.</returns>
    public static (string? Key, IResult? Problem) Read(HttpRequest request) =>
        Pattern().IsMatch(request.Headers[Header].ToString())
            ? (request.Headers[Header].ToString(), null)
            : (null, Problems.BadRequest($"Send {Header}: 1 to 128 of the characters A-Z, a-z, 0-9, - and _, the same one each time this is sent."));

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
