namespace Reanchor.GraphSimulator;

/// <summary>Ends a request with an OData error.</summary>
internal sealed class GraphRefusal(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;
    public string Code { get; } = code;

    /// <summary>Entries of the error's <c>details</c>: code, target, message.</summary>
    public IReadOnlyList<(string Code, string Target, string Message)> Details { get; init; } = [];

    public static GraphRefusal NotSimulated(string what) =>
        new(501, "NotSimulated", $"The simulator does not model {what}.");

    public static GraphRefusal UnsupportedQuery(string message) => new(400, "Request_UnsupportedQuery", message);

    public static GraphRefusal BadRequest(string message) => new(400, "Request_BadRequest", message);

    public static GraphRefusal Denied() =>
        new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphRefusal NotFound(string id) =>
        new(404, "Request_ResourceNotFound", $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");
}
