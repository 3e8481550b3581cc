using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Reanchor.Access;

namespace Reanchor.Functions.Access;

/// <summary>Signs in by a collector's key, which comes where a token would: <c>Authorization: Bearer rk_...</c>.</summary>
public sealed class CollectorKeySignIn(CheckCollectorKeyHandler check)
{
    private const string Detail = "This key is not, or no longer, a collector's. An administrator can issue a new one.";

    // Hashes of keys that were good when they came last: few, for a wrong one never gets in.
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <returns><see langword="null"/> when the request carries something else, or nothing.</returns>
    internal static string? KeyOf(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && header.Parameter?.StartsWith(CollectorKey.Prefix, StringComparison.Ordinal) is true
            ? header.Parameter
            : null;

    /// <summary>Whether it was good when it came last. One that is not costs a read of storage to refuse.</summary>
    internal bool IsKnown(string text) => CollectorKey.TryParse(text, out var key) && _known.ContainsKey(key.Hash);

    internal async Task<SignIn> CheckAsync(string text, CancellationToken cancellationToken)
    {
        if (!CollectorKey.TryParse(text, out var key))
        {
            return SignIn.Refused("not a collector's key", Detail);
        }

        if (await check.HandleAsync(key, cancellationToken) is not { } caller)
        {
            _known.TryRemove(key.Hash, out _);
            return SignIn.Refused($"not the key of collector {key.Tenant}/{key.Collector}", Detail);
        }

        _known[key.Hash] = true;
        return SignIn.Of(caller, new(new ClaimsIdentity(caller.Actor.AuthenticatedBy)));
    }
}
