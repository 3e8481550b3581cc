using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Description;

public static class OpenApiFunction
{
    private static readonly Lazy<string> Document = new(() => ApiDescription.Of(typeof(OpenApiFunction).Assembly).ToJsonString());

    [Function("GetOpenApi")]
    [NoSignIn]
    [Answers(typeof(JsonObject))]
    public static IResult Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        Results.Text(Document.Value, "application/json; charset=utf-8");
}
