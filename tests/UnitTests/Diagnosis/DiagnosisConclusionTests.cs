using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using static Reanchor.UnitTests.Diagnosis.DiagnosisCases;

namespace Reanchor.UnitTests.Diagnosis;

public sealed class DiagnosisConclusionTests : DiagnosisTests
{
    [Fact]
    public async Task Conclusion_LeftoverNotProposed_NamesTheCauseAndTheScan()
    {
        await World.GivenAnnAsync();

        var (cause, nextStep, _, _) = (await DiagnoseAsync("ann@corp.example")).Conclusion;

        Assert.Contains("still carries the ImmutableID of an AD account that no longer exists", cause, StringComparison.Ordinal);
        Assert.Contains("may already be associated with another object", cause, StringComparison.Ordinal);
        Assert.Contains("ann (corp)", cause, StringComparison.Ordinal);
        Assert.Contains("start a scan", nextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_Proposed_NamesTheProposalThatWaits()
    {
        var proposal = await World.GivenProposalAsync();

        var conclusion = (await DiagnoseAsync("ann@corp.example")).Conclusion;

        Assert.Equal((proposal.Id, ProposalStatus.Pending), (conclusion.ProposalId, conclusion.ProposalStatus));
        Assert.Contains($"proposal {proposal.Id} waits for approval", conclusion.NextStep, StringComparison.Ordinal);
        Assert.Contains("Olga Operator", conclusion.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProposalStatus.Approved, "is approved, and the clear is being made")]
    [InlineData(ProposalStatus.Rejected, "Anton Approver rejected")]
    [InlineData(ProposalStatus.Expired, "expired before anybody decided")]
    [InlineData(ProposalStatus.Superseded, "came to nothing: The user changed.")]
    [InlineData(ProposalStatus.Refused, "was refused: 403")]
    [InlineData(ProposalStatus.Restored, "had the ImmutableID put back")]
    public async Task Conclusion_ProposalInState_SaysWhatComesNext(ProposalStatus status, string expected)
    {
        var proposal = await World.GivenProposalAsync();
        var found = (await World.Proposals.FindLatestAsync(proposal.Tenant, Samples.Ann.Id, World.Cancellation))!;
        var now = World.Clock.GetUtcNow();
        var approved = proposal.Decide(Samples.Approve(proposal));
        await World.Proposals.TryUpdateAsync(
            found,
            status switch
            {
                ProposalStatus.Approved => approved,
                ProposalStatus.Rejected => proposal.Decide(Samples.Reject(proposal)),
                ProposalStatus.Expired => proposal.Expire(now),
                ProposalStatus.Superseded => proposal.Supersede("The user changed.", now),
                ProposalStatus.Refused => approved.BeginClear(now, now).Refuse(new(RefusalCause.Permission, "403"), now),
                _ => approved.BeginClear(now, now).CompleteClear(now, now).BeginRestore(new(Samples.Anton, now, "a mistake")).CompleteRestore(now),
            },
            World.Cancellation);

        var conclusion = (await DiagnoseAsync("ann@corp.example")).Conclusion;

        Assert.Equal(status, conclusion.ProposalStatus);
        Assert.Contains(expected, conclusion.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RefusalCause.Permission, 0, "When that is settled, start a scan")]
    [InlineData(RefusalCause.Unknown, 29, "With the same evidence it is not proposed again before 2026-")]
    [InlineData(RefusalCause.Unknown, 31, "When that is settled, start a scan")]
    public async Task Conclusion_ClearRefused_NamesTheDateOfWhatIsHeldBack(RefusalCause cause, int days, string expected)
    {
        var proposal = await World.GivenProposalAsync();
        var found = (await World.Proposals.FindLatestAsync(proposal.Tenant, Samples.Ann.Id, World.Cancellation))!;
        var now = World.Clock.GetUtcNow();
        var refused = proposal.Decide(Samples.Approve(proposal)).BeginClear(now, now).Refuse(new(cause, "400"), now.AddDays(-days));
        await World.Proposals.TryUpdateAsync(found, refused, World.Cancellation);

        Assert.Contains(expected, (await DiagnoseAsync("ann@corp.example")).Conclusion.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_ApprovedClearWaits_SaysForWhat()
    {
        var proposal = await World.GivenApprovedAsync();
        var found = (await World.Proposals.FindLatestAsync(proposal.Tenant, Samples.Ann.Id, World.Cancellation))!;
        await World.Proposals.TryUpdateAsync(
            found, proposal.WaitFor(new("Writes to this tenant are paused.", World.Clock.GetUtcNow().AddHours(1))), World.Cancellation);

        Assert.Contains("is approved, but waits: Writes to this tenant are paused.", (await DiagnoseAsync("ann@corp.example")).Conclusion.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_PolicyAsksForSightings_SaysThatOneScanIsNotEnough()
    {
        await World.GivenAnnAsync();
        await World.RegisterAsync(tenant => tenant with { Policy = tenant.Policy with { MinimumSightings = 3, MinimumSightingDays = 2 } });

        Assert.Contains("When 3 scans over 2 days", (await DiagnoseAsync("ann@corp.example")).Conclusion.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_ReportMode_SaysWhoCanChangeThat()
    {
        await World.RegisterAsync(tenant => tenant with { Mode = TenantMode.Report });
        await World.UploadAsync(Samples.AnnsAccount);
        World.Directory.Put(World.Tenant.Id, Samples.Ann);

        Assert.Contains("report mode", (await DiagnoseAsync("ann@corp.example")).Conclusion.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("synced", "This user is synced already", "Nothing has to be done")]
    [InlineData("no anchor", "carries no ImmutableID", "Run a sync")]
    [InlineData("anchor lives in AD", "Reanchor will not clear it. holder (corp) holds this anchor", "scope of sync")]
    [InlineData("role", "Reanchor will not clear it. The user holds a directory role", "Remove the roles")]
    [InlineData("roles unreadable", "cannot be told yet", "Settle what is named here")]
    [InlineData("a group has the address", "Clearing it would not be enough: The group Sales", "Take the address away")]
    [InlineData("account is matched", "Reanchor will not clear it. ann (corp) is matched to another user", "Find out which")]
    [InlineData("sync stopped", "Clearing it would not be enough: The last directory sync was", "Get the sync running")]
    public async Task Conclusion_Trouble_NamesCauseAndNextStep(string name, string cause, string nextStep)
    {
        await World.GivenAnnAsync();
        await Cases[name].Change(World);

        var conclusion = (await DiagnoseAsync(Samples.Ann.Id.ToString())).Conclusion;

        Assert.Contains(cause, conclusion.Cause, StringComparison.Ordinal);
        Assert.Contains(nextStep, conclusion.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("protected")]
    [InlineData("restricted unit")]
    [InlineData("shared mailbox")]
    public async Task Conclusion_NoAnchorButProtectedFromClears_IsNoObstacleToAMatch(string name)
    {
        await World.GivenAnnAsync();
        await Cases[name].Change(World);
        await Put(World, World.Directory.User(World.Tenant.Id, Samples.Ann.Id) with { Anchor = null });

        Assert.Contains("Nothing stands in the way", (await DiagnoseAsync("ann@corp.example")).Conclusion.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_TheDuplicateItself_PointsAtTheRightUser()
    {
        await World.GivenAnnAsync();
        await Ann(World, ann => ann with { OnPremisesSyncEnabled = true, UserPrincipalName = "ann1234@corp.onmicrosoft.com" });
        await Facts(World, facts => facts with { Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([new(Samples.Ann.Id, "ann1234@corp.onmicrosoft.com", "ann@corp.example")]) });

        var diagnosis = await DiagnoseAsync(Samples.Ann.Id.ToString());

        Assert.Contains("Ask for the diagnosis of ann@corp.example", diagnosis.Conclusion.NextStep, StringComparison.Ordinal);
        Assert.Contains("QuarantinedAttributeValueMustBeUnique", diagnosis.ExpectedErrors);
    }
}
