using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Pages;

/// <summary>The operator's console: static files, and how to sign in. What it shows comes from the other routes, after the sign-in.</summary>
public sealed class ConsoleFunction(ConsoleFiles files, IOptions<AccessOptions> access)
{
    private const string Settings = "settings.json";

    [Function("GetConsole")]
    [Answers(null, Also = new[] { "text/html", "text/javascript", "text/css", "image/svg+xml", "application/json" })]
    [NoSignIn]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/{*path}")] HttpRequest request, CancellationToken cancellationToken)
    {
        var path = request.RouteValues["path"] as string ?? "";

        // Links of the page are relative: without the slash they would point beside it.
        if (path.Length == 0 && !request.Path.Value!.EndsWith('/'))
        {
            return Results.Redirect("console/");
        }

        SecurityHeaders.AllowPage(request.HttpContext.Response, access.Value);

        return path == Settings
            ? Answers.Json(ConsoleSettings.Of(access.Value))
            : await files.FindAsync(path, cancellationToken) ?? Problems.NotFound("The console has no such file.");
    }
}
