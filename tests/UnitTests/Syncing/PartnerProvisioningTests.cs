using Moq;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Syncing;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Syncing;

/// <summary>What a look at a clear asks of Cloud Sync, and that no answer disturbs the clear.</summary>
public sealed class PartnerProvisioningTests : IDisposable
{
    private const string Name = "CN=Ann Lee,OU=People,DC=corp,DC=example";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(ProvisioningOutcome.Provisioned, null)]
    [InlineData(ProvisioningOutcome.Refused, "not in scope")]
    [InlineData(ProvisioningOutcome.NotPermitted, "the permission")]
    [InlineData(ProvisioningOutcome.UnknownName, "the collector")]
    public async Task Verify_CloudSyncAnswers_IsAskedOnceAndOnTheTrail(ProvisioningOutcome answer, string? text)
    {
        var proposal = await GivenDueAsync();
        Answer(new(answer, text));

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
        Assert.Equal(VerifyOutcome.NotDue, await VerifyAsync(proposal));
        await WaitAsync();
        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));

        AssertAsked(Times.Once());
        Assert.Equal((ProposalStatus.Cleared, answer), ((await _world.LatestAsync()).Status, (await _world.LatestAsync()).Provisioning));
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ProvisioningRequested));
        Assert.Equal((proposal.Id, proposal.UserId, text), (told.Proposal, told.UserId, told.Reason));
        Assert.Equal($"{answer}", told.Details.GetProperty("outcome").GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task Verify_NoCloudSync_LooksForItOnceAndTellsNothing()
    {
        var proposal = await GivenDueAsync();

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
        await WaitAsync();
        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));

        AssertAsked(Times.Once());
        Assert.DoesNotContain(nameof(ProvisioningRequested), _world.Audit.Types);
    }

    [Fact]
    public async Task Verify_CloudSyncThrottled_AsksAgainAtTheNextLookOnly()
    {
        var proposal = await GivenDueAsync();
        _world.Provisioner
            .SetupSequence(p => p.ProvisionAsync(It.IsAny<Tenant>(), Name, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new DirectoryUnavailableException("429"))
            .ReturnsAsync(new ProvisioningAnswer(ProvisioningOutcome.Provisioned, null));

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
        Assert.Equal(VerifyOutcome.NotDue, await VerifyAsync(proposal));
        AssertAsked(Times.Once());
        Assert.Single(_world.Queue.Take<VerifyClear>());
        await WaitAsync();
        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));

        AssertAsked(Times.Exactly(2));
        Assert.Single(_world.Audit.Types, nameof(ProvisioningRequested));
    }

    [Fact]
    public async Task Verify_TwoLooksAtOnce_AskOnce()
    {
        var proposal = await GivenDueAsync();
        Answer(new(ProvisioningOutcome.Provisioned, null));
        var second = Task.FromResult(VerifyOutcome.Verified);
        _world.Proposals.BeforeNextUpdate = () => second = VerifyAsync(proposal);

        var first = await VerifyAsync(proposal);

        Assert.Equal((VerifyOutcome.NotDue, VerifyOutcome.Waiting), (first, await second));
        AssertAsked(Times.Once());
        Assert.Single(_world.Audit.Types, nameof(ProvisioningRequested));
        Assert.Equal(ProvisioningOutcome.Provisioned, (await _world.LatestAsync()).Provisioning);
    }

    [Fact]
    public async Task Verify_RestoreAskedForMeanwhile_DoesNotAsk()
    {
        var proposal = await GivenDueAsync();
        _world.SomeoneElseMovesFirst(p => p.BeginRestore(new(Samples.Anton, Samples.Now, "wrong user")));

        Assert.Equal(VerifyOutcome.NotDue, await VerifyAsync(proposal));

        AssertAsked(Times.Never());
    }

    [Fact]
    public async Task Verify_RestoreAskedForWhileCloudSyncAnswers_KeepsTheRestore()
    {
        var proposal = await GivenDueAsync();
        _world.Provisioner
            .Setup(p => p.ProvisionAsync(It.IsAny<Tenant>(), Name, It.IsAny<CancellationToken>()))
            .Callback(() => _world.Proposals.Tamper(proposal.BeginRestore(new(Samples.Anton, Samples.Now, "wrong user"))))
            .ReturnsAsync(new ProvisioningAnswer(ProvisioningOutcome.Provisioned, null));

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));

        Assert.Equal(ProposalStatus.Restoring, (await _world.LatestAsync()).Status);
        Assert.Single(_world.Audit.Types, nameof(ProvisioningRequested));
    }

    [Fact]
    public async Task Verify_MatchedAlready_DoesNotAsk()
    {
        var proposal = await GivenDueAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });

        Assert.Equal(VerifyOutcome.Verified, await VerifyAsync(proposal));

        AssertAsked(Times.Never());
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("disabled")]
    public async Task Verify_WritesStopped_DoesNotAskUntilTheyGoOn(string how)
    {
        var proposal = await GivenDueAsync();
        await StopAsync(true);

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
        AssertAsked(Times.Never());
        await StopAsync(false);
        await WaitAsync();
        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));

        AssertAsked(Times.Once());

        Task StopAsync(bool stop) => how == "paused"
            ? _world.Get<PauseTenantHandler>().HandleAsync(new(proposal.Tenant, stop, "test", Samples.Olga), World.Cancellation)
            : _world.RegisterAsync(t => t with { Enabled = !stop });
    }

    [Fact]
    public async Task Apply_PartnerMovedSinceTheApproval_IsCleared()
    {
        await _world.RegisterAsync();
        await _world.UploadAsync(Samples.AnnsAccount with { DistinguishedName = Name });
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann);
        await _world.ScanAsync();
        await _world.Get<ProposeClearHandler>().HandleAsync(Assert.Single(_world.Queue.Take<ProposeClear>()), World.Cancellation);
        var proposal = await _world.LatestAsync();
        await _world.DecideAsync(proposal, approve: true);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.UploadAsync(Samples.AnnsAccount with { DistinguishedName = "CN=Ann Lee,OU=Moved,DC=corp,DC=example" });

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));

        Assert.Equal(Name, proposal.Evidence.Partner!.DistinguishedName);
    }

    private async Task<Proposal> GivenDueAsync()
    {
        await _world.RegisterAsync();
        await _world.UploadAsync(Samples.AnnsAccount with { DistinguishedName = Name });
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann);
        await _world.ScanAsync();
        await _world.Get<ProposeClearHandler>().HandleAsync(Assert.Single(_world.Queue.Take<ProposeClear>()), World.Cancellation);
        var proposal = await _world.LatestAsync();
        await _world.DecideAsync(proposal, approve: true);
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        _world.Queue.Take<VerifyClear>();
        await WaitAsync();
        return await _world.LatestAsync();
    }

    private async Task WaitAsync() => _world.Clock.SetUtcNow((await _world.LatestAsync()).NextCheckAt!.Value);

    private void Answer(ProvisioningAnswer answer) => _world.Provisioner
        .Setup(p => p.ProvisionAsync(It.IsAny<Tenant>(), Name, It.IsAny<CancellationToken>()))
        .ReturnsAsync(answer);

    private Task<VerifyOutcome> VerifyAsync(Proposal proposal) =>
        _world.Get<VerifyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);

    private void AssertAsked(Times times) => _world.Provisioner.Verify(
        p => p.ProvisionAsync(It.Is<Tenant>(t => t.Id == _world.Tenant.Id), Name, It.IsAny<CancellationToken>()), times);
}
