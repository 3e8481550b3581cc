using Reanchor.Adapters.Storage;
using Spectre.Console;

namespace Reanchor.LocalHost;

/// <summary>Runs with no tenants and no simulator: for real tenants, or for a Graph of the caller's own.</summary>
internal static class Installation
{
    public static async Task<int> RunAsync(LocalHostArguments arguments, CancellationToken cancellationToken)
    {
        await using var storage = await LocalStorage.OpenAsync(arguments.Storage, cancellationToken);
        await using var app = await LocalHostApp.StartAsync(
            arguments.Port,
            storage is null ? [] : new Dictionary<string, string?> { [StorageConnection.Setting] = storage.ConnectionString },
            LocalStorage.Folder,
            arguments.TraceFile,
            cancellationToken);

        AnsiConsole.MarkupLineInterpolated($"Storage: {await app.DescribeStorageAsync(cancellationToken)}.");

        // In one piece, whatever is logged beside it: programs wait for this line.
        Console.WriteLine($"Reanchor serves {app.Api}. Tokens: POST {app.Identity.Issuer}/token. Stop with Ctrl+C.");
        LocalConsole.SayHowToSignIn(app);
        await app.RunAsync(cancellationToken);
        return 0;
    }
}
