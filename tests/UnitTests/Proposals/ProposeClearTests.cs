using Reanchor.Proposals;

namespace Reanchor.UnitTests.Proposals;

/// <summary>A candidate that is put before an approver.</summary>
public abstract class ProposeClearTests : IDisposable
{
    private protected World World { get; } = new();

    public void Dispose()
    {
        World.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<ProposeOutcome> ScanAndProposeAsync()
    {
        await World.ScanAsync();
        return await HandleAsync(Assert.Single(World.Queue.Take<ProposeClear>()));
    }

    protected Task<ProposeOutcome> HandleAsync(ProposeClear command) =>
        World.Get<ProposeClearHandler>().HandleAsync(command, World.Cancellation);
}
