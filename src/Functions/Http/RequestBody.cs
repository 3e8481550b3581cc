using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Reanchor.Json;

namespace Reanchor.Functions.Http;

/// <summary>Reads a JSON body, or says what is wrong with it.</summary>
internal static partial class RequestBody
{
    /// <param name="whenEmpty">What a request without a body means; <see langword="null"/> when one is needed.</param>
    /// <returns>The value, or the problem to answer with; never both.</returns>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(
        HttpRequest request, T? whenEmpty, CancellationToken cancellationToken)
        where T : class
    {
        if (request.ContentLength > MaxOf(request))
        {
            return (null, TooLarge(request));
        }

        // A body in chunks has no length; only reading tells whether it is empty.
        using var body = new MemoryStream();

        try
        {
            await request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException ex) when (ex.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge(request));
        }
        catch (IOException)
        {
            return (null, Problems.BadRequest("The body broke off, or its chunks do not fit together."));
        }

        if (body.Length == 0 && whenEmpty is not null)
        {
            return (whenEmpty, null);
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return (null, Problems.UnsupportedMediaType("Send the body as application/json."));
        }

        try
        {
            body.Position = 0;
            var value = await JsonSerializer.DeserializeAsync<T>(body, ReanchorJson.Strict, cancellationToken);
            return value is null ? (null, Problems.BadRequest("The body is null; send an object.")) : (value, null);
        }
        catch (JsonException ex)
        {
            return (null, Problems.BadRequest(Explain(ex)));
        }
    }

    /// <summary>Reads the body of a request that needs nothing but a reason, for whoever reads the audit trail later.</summary>
    /// <returns>The reason, or the problem to answer with; never both.</returns>
    public static async Task<(string? Reason, IResult? Problem)> ReadReasonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, problem) = await ReadAsync(request, whenEmpty: new ReasonBody { Reason = "" }, cancellationToken);

        return body is null ? (null, problem)
            : ReasonText.Check(body.Reason) is { } wrong ? (null, Problems.BadRequest(wrong))
            : (body.Reason, null);
    }

    /// <summary>How large the body may be; the gate calls it with what the function says.</summary>
    public static void Limit(HttpRequest request, long bytes)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = bytes;
        }
    }

    private static long MaxOf(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? MaxBodyAttribute.Default;

    private static IResult TooLarge(HttpRequest request) => Problems.TooLarge($"The body may have {MaxOf(request) / 1024} KB here.");

    /// <summary>The serializer's own words name our types; the place is what helps the caller.</summary>
    private static string Explain(JsonException ex)
    {
        var at = ex.LineNumber is { } line
            ? $" (line {line + 1}, position {ex.BytePositionInLine + 1})"
            : "";

        // "... type 'T' was missing required properties including: 'a', 'b'." and "The JSON property 'a' could not be mapped ..."
        var named = string.Join(", ", Quoted().Matches(ex.Message[(ex.Message.IndexOf("including:", StringComparison.Ordinal) + 1)..]));

        return ex.Message.Contains("missing required", StringComparison.Ordinal) ? $"These are missing: {named}{at}."
            : ex.Message.Contains("could not be mapped", StringComparison.Ordinal) ? $"{Quoted().Match(ex.Message)} is not known here{at}."
            : ex.Message.Contains("uplicate", StringComparison.Ordinal) ? $"{Quoted().Match(ex.Message)} is given twice{at}."
            : ex.Path is { Length: > 1 } path ? $"The value at {path} is not of the kind that is expected there{at}."
            : $"The body is not well-formed JSON, or not an object{at}.";
    }

    [GeneratedRegex("'[^']+'")]
    private static partial Regex Quoted();
}
