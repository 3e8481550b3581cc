using Reanchor.IntegrationTests.LocalHost;
using Reanchor.LocalHost.Storage;

namespace Reanchor.IntegrationTests;

/// <summary>What this program does when a test starts it as another process.</summary>
internal static class ChildRole
{
    public const string AzuriteParent = "azurite-parent";
    public const string BlockedPump = "blocked-pump";

    private static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string role, string[] arguments)
    {
        switch (role)
        {
            case AzuriteParent:
                await HoldAzuriteAsync(arguments[0]);
                break;

            case BlockedPump:
                await BlockOnFirstMessageAsync(arguments[0], arguments[1]);
                break;

            default:
                await Console.Error.WriteLineAsync($"No role is called {role}.");
                return 2;
        }

        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task HoldAzuriteAsync(string location)
    {
        var azurite = await AzuriteProcess.StartAsync(new() { Location = location }, _ => { }, CancellationToken.None);
        Console.WriteLine(azurite.ProcessId);
        Console.WriteLine(azurite.ConnectionString);
    }

    private static async Task BlockOnFirstMessageAsync(string connectionString, string queueName)
    {
        var work = new Work(async (item, _) =>
        {
            Console.WriteLine(item.Number);
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        });

        await PumpHost.StartAsync(connectionString, queueName, work, lease: ShortLease);
    }
}
