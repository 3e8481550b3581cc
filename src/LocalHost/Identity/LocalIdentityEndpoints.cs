using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Reanchor.Functions.Http;
using Reanchor.Json;

namespace Reanchor.LocalHost.Identity;

public static class LocalIdentityEndpoints
{
    private const int MaxBody = 16 * 1024;

    /// <summary>Maps the token, discovery and key routes below <see cref="LocalIdentity.Path"/>.</summary>
    public static IEndpointRouteBuilder MapLocalIdentity(this IEndpointRouteBuilder app, LocalIdentity identity)
    {
        var group = app.MapGroup(LocalIdentity.Path);
        group.MapGet("/.well-known/openid-configuration", () => TypedResults.Ok(identity.Configuration));
        group.MapGet("/keys", () => TypedResults.Ok(identity.Keys));
        group.MapPost("/token", (HttpContext context, CancellationToken cancellationToken) => IssueAsync(context, identity, cancellationToken));
        return app;
    }

    private static async Task<IResult> IssueAsync(
        HttpContext context, LocalIdentity identity, CancellationToken cancellationToken)
    {
        if (!LoopbackCallers.Sent(context.Request))
        {
            return Problems.Forbidden("Tokens are given to callers on this machine only.");
        }

        if (!context.Request.HasJsonContentType())
        {
            return Problems.UnsupportedMediaType("Send JSON, with Content-Type: application/json.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBody;
        }

        try
        {
            var request = await JsonSerializer.DeserializeAsync<LocalTokenRequest>(
                context.Request.Body, ReanchorJson.Strict, cancellationToken);

            return request is null
                ? Problems.BadRequest("Send an object with name, roles and tenants.")
                : Issue(request, identity);
        }
        catch (JsonException ex)
        {
            var field = ex.Path?.TrimStart('$', '.') ?? "";
            return Problems.BadRequest(
                "The body is not an object with name, roles and tenants.",
                new ProblemError(field.Length == 0 ? "The JSON is malformed." : $"{field} is not expected here, or not of this type.", field));
        }
        catch (BadHttpRequestException ex) when (ex.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge($"The body may have {MaxBody} bytes.");
        }
        catch (IOException)
        {
            return Problems.BadRequest("The body broke off, or its chunks do not fit together.");
        }
    }

    private static IResult Issue(LocalTokenRequest request, LocalIdentity identity) =>
        LocalTokenCheck.Errors(request) is { Count: > 0 } errors
            ? Problems.BadRequest(string.Join(' ', errors.Select(error => error.Detail)), errors)
            : TypedResults.Ok(new { token = identity.Mint(request) });
}
