using Microsoft.AspNetCore.Http;

namespace Reanchor.Functions.Http;

/// <summary>Refusals as RFC 9457 problem+json: type and title of the status, a detail for a person, errors when there are several.</summary>
public static class Problems
{
    public static IResult BadRequest(string detail, params IReadOnlyList<ProblemError> errors) =>
        Of(StatusCodes.Status400BadRequest, detail, errors);

    public static IResult Unauthorized(string detail) => Of(StatusCodes.Status401Unauthorized, detail);

    public static IResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, detail);

    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    /// <summary>Also for one outside the caller's scope: whether it exists is not told.</summary>
    public static IResult NoTenant(object tenant) => NotFound($"There is no tenant {tenant}.");

    public static IResult UnexpectedCollector() =>
        NotFound("The tenant does not expect this collector. An administrator can add it to the tenant's collectors.");

    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    /// <param name="what">What both changed, with its article, such as "the tenant".</param>
    public static IResult LostRace(string what) =>
        Conflict($"Someone else changed {what} at this moment. Read it again, then send your change.");

    public static IResult Gone(string detail) => Of(StatusCodes.Status410Gone, detail);

    public static IResult TooLarge(string detail) => Of(StatusCodes.Status413PayloadTooLarge, detail);

    public static IResult UnsupportedMediaType(string detail) => Of(StatusCodes.Status415UnsupportedMediaType, detail);

    public static IResult Unprocessable(string detail, params IReadOnlyList<ProblemError> errors) =>
        Of(StatusCodes.Status422UnprocessableEntity, detail, errors);

    public static IResult TooManyRequests(string detail) => Of(StatusCodes.Status429TooManyRequests, detail);

    public static IResult Unavailable(string detail) => Of(StatusCodes.Status503ServiceUnavailable, detail);

    public static IResult Of(int status, string detail, params IReadOnlyList<ProblemError> errors) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            extensions: errors.Count == 0 ? null : new Dictionary<string, object?> { ["errors"] = errors });
}
