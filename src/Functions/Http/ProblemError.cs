using System.Text.Json.Serialization;

namespace Reanchor.Functions.Http;

/// <summary>One of several things wrong with a request, in a problem's <c>errors</c>.</summary>
/// <param name="Detail">What is wrong, for a person.</param>
/// <param name="Field">Where in a JSON body, such as <c>roles[0]</c>.</param>
/// <param name="Line">Where in an upload, counted from 1.</param>
public sealed record ProblemError(
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Line = null);
