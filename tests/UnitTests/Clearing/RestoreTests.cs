using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>A cleared user whose old anchor somebody asks for.</summary>
public abstract class RestoreTests : IDisposable
{
    private protected World World { get; } = new();

    public void Dispose()
    {
        World.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<Proposal> GivenRequestedAsync()
    {
        var proposal = await World.GivenClearedAsync();
        World.Writer.Invocations.Clear();
        await RequestAsync(proposal);
        World.Queue.Take<RestoreAnchor>();
        return await World.LatestAsync();
    }

    protected Task<RequestRestoreResult> RequestAsync(Proposal proposal) => World.Get<RequestRestoreHandler>().HandleAsync(
        new(proposal.Tenant, proposal.Id, "wrong user", Samples.Anton), World.Cancellation);

    protected Task<RestoreOutcome> RestoreAsync(Proposal proposal) =>
        World.Get<RestoreAnchorHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);

    protected void AssertWrites(int count)
    {
        if (count == 0)
        {
            World.AssertNothingWritten();
        }

        Assert.Equal(
            Enumerable.Repeat<SourceAnchor?>(Samples.OldAnchor, count), World.Directory.Writes.Skip(1).Select(w => w.Anchor));
    }
}
