using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Time.Testing;
using Reanchor.Adapters.Queues;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class StorageCommandQueueTests(AzuriteFixture azurite)
{
    private readonly ApplyClear _command = new(
        TenantId.Parse("11111111-1111-4111-8111-111111111111", null), ProposalId.First(Guid.NewGuid()));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_Command_IsBase64OfItsJsonAndNeverExpires()
    {
        var queue = await QueueAsync();

        await queue.SendAsync(_command, TimeSpan.Zero, Cancellation);

        var message = Assert.Single(await PeekAsync(QueueNames.Clears));
        Assert.Equal(
            $$"""{"tenant":"11111111-1111-4111-8111-111111111111","proposal":"{{_command.Proposal}}","due":"2026-03-01T08:00:00+00:00"}""", Text(message));
        Assert.Equal(9999, message.ExpiresOn!.Value.Year);
    }

    [Fact]
    public async Task SendAsync_InATrace_CarriesItOnUnlessTheCommandBelongsToAnother()
    {
        var queue = await QueueAsync();
        using var current = new Activity("a request").Start();
        const string Other = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        await queue.SendAsync(_command, TimeSpan.Zero, Cancellation);
        await queue.SendAsync(_command with { TraceParent = Other }, TimeSpan.FromMilliseconds(1), Cancellation);

        PeekedMessage[] messages = [];
        await Deadline.UntilAsync("both messages show", async () => (messages = await PeekAsync(QueueNames.Clears)).Length == 2);
        Assert.Equal(
            [current.Id, Other],
            messages.Select(m => JsonDocument.Parse(Text(m)).RootElement.GetProperty("traceParent").GetString()));
    }

    [Fact]
    public async Task SendAsync_WithDelay_StaysInvisibleForThatLong()
    {
        var queue = await QueueAsync();
        var raw = new QueueClient(azurite.ConnectionString, QueueNames.Verifications);
        await raw.ClearMessagesAsync(Cancellation);

        await queue.SendAsync(new VerifyClear(_command.Tenant, _command.Proposal), TimeSpan.FromSeconds(2), Cancellation);

        Assert.Empty(await PeekAsync(QueueNames.Verifications));
        await Deadline.UntilAsync(
            "the delayed message shows", async () => (await PeekAsync(QueueNames.Verifications)).Length == 1);
    }

    [Fact]
    public async Task SendAsync_LongestDelay_IsAccepted()
    {
        var queue = await QueueAsync();

        await queue.SendAsync(new RestoreAnchor(_command.Tenant, _command.Proposal), TimeSpan.FromDays(7), Cancellation);

        Assert.Empty(await PeekAsync(QueueNames.Restores));
    }

    private async Task<StorageCommandQueue> QueueAsync()
    {
        var connection = await AzuriteStorage.ReadyAsync(azurite);
        await connection.Queues.GetQueueClient(QueueNames.Clears).ClearMessagesAsync(Cancellation);
        return new(connection.Queues, new FakeTimeProvider(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero)));
    }

    private static string Text(PeekedMessage message) => Encoding.UTF8.GetString(Convert.FromBase64String(message.Body.ToString()));

    private async Task<PeekedMessage[]> PeekAsync(string queue) =>
        await new QueueClient(azurite.ConnectionString, queue).PeekMessagesAsync(32, Cancellation);
}
