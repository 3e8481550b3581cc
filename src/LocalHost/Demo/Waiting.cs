using System.Text.Json;
using Spectre.Console;

namespace Reanchor.LocalHost.Demo;

/// <summary>Waits for work that goes on in the queues, and shows that it waits.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <exception cref="TimeoutException">It did not happen within 90 seconds.</exception>
    public static async Task<T> ForAsync<T>(
        string what, Func<Task<T>> look, Func<T, bool> happened, CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Limit;

        return await AnsiConsole.Status().StartAsync(what, async _ =>
        {
            while (true)
            {
                var seen = await look();

                if (happened(seen))
                {
                    return seen;
                }

                if (TimeProvider.System.GetUtcNow() > deadline)
                {
                    throw new TimeoutException($"Waited {Limit.TotalSeconds} seconds for this, in vain: {what}");
                }

                await Task.Delay(Pause, cancellationToken);
            }
        });
    }

    /// <summary>Starts a scan and waits for its end.</summary>
    public static async Task<JsonElement> ForScanAsync(
        ReanchorClient operate, Guid tenant, string name, string mode, CancellationToken cancellationToken)
    {
        var started = await operate.PostAsync($"tenants/{tenant}/scans", new { mode }, cancellationToken);
        var path = $"tenants/{tenant}/scans/{started.GetProperty("scanId").GetString()}";

        return await ForAsync(
            $"Scanning {name}",
            () => operate.GetAsync(path, cancellationToken),
            scan => scan.GetProperty("status").GetString() is "completed" or "halted" or "failed",
            cancellationToken);
    }

    /// <summary>Waits until each of the proposals has one of the statuses.</summary>
    public static Task<IReadOnlyList<JsonElement>> ForStatusAsync(
        string what,
        ReanchorClient reader,
        Guid tenant,
        IReadOnlyCollection<string> proposals,
        string status,
        CancellationToken cancellationToken) =>
        ForAsync<IReadOnlyList<JsonElement>>(
            what,
            async () => [.. await Task.WhenAll(proposals.Select(p => reader.GetAsync($"tenants/{tenant}/proposals/{p}", cancellationToken)))],
            all => all.All(p => p.GetProperty("status").GetString() == status),
            cancellationToken);
}
