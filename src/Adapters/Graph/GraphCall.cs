using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Sorts what can go wrong with a call into faults that a retry may cure, and answers.</summary>
internal static class GraphCall
{
    /// <summary>For requests built by hand: every failing status carries an OData error.</summary>
    public static readonly Dictionary<string, ParsableFactory<IParsable>> Errors = new()
    {
        ["XXX"] = ODataError.CreateFromDiscriminatorValue,
    };

    private const string NotLetIn =
        "Graph does not let Reanchor in. If nobody has consented in the tenant yet, have an administrator of it do so: "
        + "GET /api/tenants/TENANT-ID/consent gives the address.";

    /// <exception cref="DirectoryUnavailableException">Unreachable, failing, throttling, or sign-in did not work.</exception>
    /// <exception cref="ApiException">Graph's answer was a refusal; the caller knows what it means.</exception>
    public static async Task<T> SendAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (ApiException ex) when (ex.ResponseStatusCode is 0 or 401 or 408 or 429 or >= 500)
        {
            throw new DirectoryUnavailableException(
                ex.ResponseStatusCode is 401 ? $"{NotLetIn} (Graph answered {Describe(ex)})" : $"Graph answered {Describe(ex)}", ex)
            {
                RetryAfter = RetryAfter(ex),
                NothingDone = ex.ResponseStatusCode is 401 or 429,
            };
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException
            || (ex is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new DirectoryUnavailableException($"Graph could not be reached: {Innermost(ex).Message}", ex)
            {
                NothingDone = ex is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
                },
            };
        }
    }

    /// <summary>Makes a refusal an unknown reading that names the permission it takes.</summary>
    public static async Task<Reading<T>> ReadAsync<T>(
        string permission, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return Reading.Known(await SendAsync(call, cancellationToken));
        }
        catch (ApiException ex)
        {
            return Refused<T>(ex.ResponseStatusCode, Describe(ex), permission);
        }
    }

    public static Reading<T> Refused<T>(GraphBatchAnswer answer, string permission) =>
        Refused<T>((int)answer.Status, answer.Describe(), permission);

    public static Reading<T> Refused<T>(int status, string answer, string permission) =>
        status is 408 or >= 500 ? Reading.Failed<T>($"Graph answered {answer}")
        : status != 403 ? Reading.Unknown<T>($"Graph answered {answer}")
        : answer.Contains("RequestFromNonPremiumTenantOrB2CTenant", StringComparison.Ordinal)
            ? Reading.Unknown<T>("Graph shows it only in a tenant with an Entra ID P1 or P2 licence.")
        : Reading.Refused<T>(permission);

    public static string Describe(ApiException ex) => ex is ODataError { Error: { } error }
        ? $"{ex.ResponseStatusCode} {error.Code}: {error.Message}"
        : $"{ex.ResponseStatusCode}: {ex.Message}";

    private static TimeSpan? RetryAfter(ApiException ex) =>
        ex.ResponseHeaders.FirstOrDefault(h => h.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault()
            is { } text && int.TryParse(text, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static Exception Innermost(Exception ex) => ex.InnerException is { } inner ? Innermost(inner) : ex;
}
