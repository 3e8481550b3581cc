using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.Diagnosis;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Scanning.Rules;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Diagnosis;

public sealed class PlanHardMatchHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_NothingSpeaksAgainstIt_GivesTheSteps()
    {
        var proposal = await _world.GivenProposalAsync();

        var plan = await PlanAsync(proposal);

        Assert.Equal(HardMatchAdvice.Possible, plan.Advice);
        Assert.All(plan.Checks, check => Assert.Equal(RuleOutcome.Pass, check.State));
        Assert.Equal(Samples.OldAnchor, plan.Anchor);
        Assert.Equal(6, plan.Steps.Count);
        Assert.NotNull(plan.Undo);
        Assert.Contains("Reject the proposal first", plan.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_HardMatchNotBlocked_LeavesTheBlockAlone()
    {
        var proposal = await _world.GivenProposalAsync();
        Facts(facts => facts with { Features = Reading.Known(new SyncFeatures(false, HardMatchTakeoverBlocked: false)) });

        var plan = await PlanAsync(proposal);

        Assert.Equal(4, plan.Steps.Count);
        Assert.DoesNotContain(plan.Warnings, warning => warning.Contains("blocks hard match", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HandleAsync_SoftMatchBlocked_IsWhatItIsFor()
    {
        var proposal = await _world.GivenProposalAsync();
        Facts(facts => facts with { Features = Reading.Known(new SyncFeatures(SoftMatchBlocked: true, true)) });

        Assert.Equal(HardMatchAdvice.Possible, (await PlanAsync(proposal)).Advice);
    }

    [Fact]
    public async Task HandleAsync_AccountWithAnotherConsistencyGuid_SaysWhatIsSaved()
    {
        var proposal = await _world.GivenProposalAsync();
        var present = Guid.NewGuid();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.UploadAsync(Samples.AnnsAccount with { ConsistencyGuid = present });

        var plan = await PlanAsync(proposal);

        Assert.Equal(HardMatchAdvice.Possible, plan.Advice);
        Assert.Contains(plan.Warnings, warning => warning.Contains(SourceAnchor.FromGuid(present).Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("role", "activeRole")]
    [InlineData("eligible role", "eligibleRole")]
    [InlineData("object identifier", "objectIdentifier")]
    [InlineData("synced", "stillSynced")]
    [InlineData("anchor gone", "anchor")]
    [InlineData("anchor changed", "anchor")]
    [InlineData("deleted", "userExists")]
    [InlineData("account matched", "partnerTaken")]
    [InlineData("deleted user holds the anchor", "softDeletedHolder")]
    [InlineData("another anchor attribute", "anchorAttribute")]
    public async Task HandleAsync_OneThingAgainstIt_IsSaidAndGivesNoCommand(string trouble, string expected)
    {
        var proposal = await _world.GivenProposalAsync();
        await GivenAsync(trouble);

        var plan = await PlanAsync(proposal);

        Assert.Equal(HardMatchAdvice.NotAdvisable, plan.Advice);
        Assert.Equal((expected, RuleOutcome.Fail), (plan.Checks[0].Name, plan.Checks[0].State));
        Assert.NotNull(plan.Checks[0].WhatToDo);
        Assert.Empty(plan.Steps);
        Assert.Null(plan.Undo);
    }

    [Fact]
    public async Task HandleAsync_AnchorAlreadyCleared_IsRefused()
    {
        var plan = await PlanAsync(await _world.GivenClearedAsync());

        Assert.Equal(HardMatchAdvice.NotAdvisable, plan.Advice);
        Assert.Contains(plan.Checks, check => check is { Name: "proposal", State: RuleOutcome.Fail });
    }

    [Fact]
    public async Task HandleAsync_InventoryTooOld_IsUnknownAndGivesNoCommand()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.Clock.Advance(TimeSpan.FromHours(25));

        var plan = await PlanAsync(proposal);

        Assert.Equal(HardMatchAdvice.Unknown, plan.Advice);
        Assert.Contains(plan.Checks, check => check is { Name: "account", State: RuleOutcome.Unknown });
        Assert.Empty(plan.Steps);
    }

    [Fact]
    public async Task HandleAsync_DirectoryRefusesToShowRoles_IsUnknown()
    {
        var proposal = await _world.GivenProposalAsync();
        Facts(facts => facts with { ActiveRoles = Reading.Unknown<IReadOnlyDictionary<Guid, string>>("403") });

        Assert.Equal(HardMatchAdvice.Unknown, (await PlanAsync(proposal)).Advice);
    }

    [Fact]
    public async Task HandleAsync_NoSuchProposal_IsNothing()
    {
        var proposal = await _world.GivenProposalAsync();

        Assert.Null(await _world.Get<PlanHardMatchHandler>().HandleAsync(proposal.Tenant, proposal.Id.Following(), World.Cancellation));
        Assert.Null(await _world.Get<PlanHardMatchHandler>().HandleAsync(Samples.NewTenantId(), proposal.Id, World.Cancellation));
    }

    private async Task<HardMatchPlan> PlanAsync(Proposal proposal) =>
        (await _world.Get<PlanHardMatchHandler>().HandleAsync(proposal.Tenant, proposal.Id, World.Cancellation))!;

    private void Facts(Func<TenantFacts, TenantFacts> change) => _world.Directory.TenantFacts = change(_world.Directory.TenantFacts);

    private void Ann(Func<CloudUser, CloudUser> change) => _world.Directory.Put(_world.Tenant.Id, change(Samples.Ann));

    private async Task GivenAsync(string trouble)
    {
        var roles = Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string> { [Samples.Ann.Id] = "role" });

        switch (trouble)
        {
            case "role":
                Facts(facts => facts with { ActiveRoles = roles });
                break;
            case "eligible role":
                Facts(facts => facts with { EligibleRoles = roles });
                break;
            case "object identifier":
                Ann(ann => ann with { OnPremises = ann.OnPremises with { ObjectIdentifier = Guid.NewGuid().ToString() } });
                break;
            case "synced":
                Ann(ann => ann with { OnPremisesSyncEnabled = true });
                break;
            case "anchor gone":
                Ann(ann => ann with { Anchor = null });
                break;
            case "anchor changed":
                Ann(ann => ann with { Anchor = SourceAnchor.FromGuid(Guid.NewGuid()) });
                break;
            case "deleted":
                _world.Directory.Remove(_world.Tenant.Id, Samples.Ann.Id);
                break;
            case "account matched":
                _world.Directory.Put(_world.Tenant.Id, Samples.Ann with { Id = Guid.NewGuid(), Anchor = Samples.ExpectedAnchor });
                break;
            case "deleted user holds the anchor":
                Facts(facts => facts with { SoftDeletedHolders = Reading.Known(new[] { Guid.NewGuid() }.ToLookup(_ => Samples.OldAnchor)) });
                break;
            case "another anchor attribute":
                await _world.RegisterAsync(tenant => tenant with { AnchorAttribute = AnchorAttribute.ObjectGuid });
                break;
            default:
                Assert.Fail(trouble);
                break;
        }
    }
}
