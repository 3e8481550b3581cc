using Reanchor.LocalHost.Storage;

namespace Reanchor.IntegrationTests;

/// <summary>
/// One Azurite for a whole run, in memory, on free ports, with an account for whoever asks for one. It is never stopped: it ends with this
/// process.
/// </summary>
internal static class SharedAzurite
{
    private static readonly string[] Accounts = [.. Enumerable.Range(1, 300).Select(n => $"account{n}")];

    private static readonly Lazy<Task<AzuriteProcess>> Started =
        new(() => AzuriteProcess.StartAsync(new() { Accounts = Accounts }, Console.Error.WriteLine, CancellationToken.None));

    private static int _taken = -1;

    /// <returns>A connection string that names an empty account.</returns>
    public static async Task<string> TakeAccountAsync() =>
        (await Started.Value).ConnectionStringOf(Accounts[Interlocked.Increment(ref _taken)]);
}
