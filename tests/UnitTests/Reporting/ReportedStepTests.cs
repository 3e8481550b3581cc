using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Reporting;

namespace Reanchor.UnitTests.Reporting;

/// <summary>What a report says was done, and above all what was not.</summary>
public sealed class ReportedStepTests
{
    private const string Asked = "Asked for the old ImmutableID back";
    private const string NoProof = "Found no proof that sync matched the expected account";

    private static readonly Proposal Cleared = (Samples.NewProposal(Samples.NewTenantId()) with { Status = ProposalStatus.Approved })
        .BeginClear(At(1), At(2)).CompleteClear(At(2), At(3));

    [Theory]
    [InlineData(RefusalCause.Permission, "Could not put the old ImmutableID back: the directory refused")]
    [InlineData(null, "Gave up putting the old ImmutableID back")]
    public void Of_RestoreThatFailed_TellsThatWithItsTimeAndReason(RefusalCause? cause, string expected)
    {
        var proposal = Cleared.BeginRestore(Request(4)).AbandonRestore("No.", cause, At(5));

        Assert.Equal([(At(4), Asked, "a mistake"), (At(5), expected, "No.")], AfterTheClear(proposal));
    }

    [Fact]
    public void Of_RestoreThatFailedAndAMatch_TellsBoth()
    {
        var proposal = Cleared.BeginRestore(Request(4)).AbandonRestore("Too late.", null, At(5)).Verify(At(6));

        Assert.Equal(
            [Asked, "Gave up putting the old ImmutableID back", "Verified: sync matched the expected account"],
            AfterTheClear(proposal).Select(step => step.What));
    }

    [Fact]
    public void Of_RestoreThatFailedAfterNoMatch_DoesNotTakeItsPlace()
    {
        var proposal = Cleared.Doubt(MatchOutcome.NoMatch, "Still empty.", At(4)).BeginRestore(Request(5)).AbandonRestore("No.", null, At(6));

        Assert.Equal(
            [(At(4), NoProof, "Still empty."), (At(5), Asked, "a mistake"), (At(6), "Gave up putting the old ImmutableID back", "No.")],
            AfterTheClear(proposal));
    }

    [Fact]
    public void Of_NoMatchAfterARestoreThatFailed_KeepsTheRestore()
    {
        var proposal = Cleared.BeginRestore(Request(4)).AbandonRestore("No.", null, At(5)).Doubt(MatchOutcome.NoMatch, "Still empty.", At(6));

        Assert.Equal([Asked, "Gave up putting the old ImmutableID back", NoProof], AfterTheClear(proposal).Select(step => step.What));
    }

    [Fact]
    public void Of_SecondRestore_IsToldAfterTheFirst()
    {
        var again = Cleared.BeginRestore(Request(4)).AbandonRestore("No.", null, At(5)).BeginRestore(Request(6));

        Assert.Equal([At(4), At(5), At(6)], AfterTheClear(again).Select(step => step.At));
        Assert.Equal("Put the old value back", AfterTheClear(again.CompleteRestore(At(7))).Last().What);
    }

    [Fact]
    public void Of_ClearThatNoReadShows_IsNotCalledMade()
    {
        var proposal = (Cleared with { Status = ProposalStatus.Clearing, ClearedAt = null }).Doubt(MatchOutcome.ClearNotShown, "The answer is lost.", At(4));

        Assert.Equal("Could not find out whether the ImmutableID was cleared", ReportedStep.Of(proposal).Last().What);
    }

    private static IEnumerable<(DateTimeOffset At, string What, string? Reason)> AfterTheClear(Proposal proposal) =>
        ReportedStep.Of(proposal).SkipWhile(step => step.What != "Cleared the ImmutableID").Skip(1).Select(step => (step.At, step.What, step.Reason));

    private static RestoreRequest Request(int hour) => new(Samples.Anton, At(hour), "a mistake");

    private static DateTimeOffset At(int hour) => Samples.Now.AddHours(hour);
}
