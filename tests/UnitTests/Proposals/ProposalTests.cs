using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Xunit;
using static Reanchor.Proposals.ProposalStatus;

namespace Reanchor.UnitTests.Proposals;

public sealed class ProposalTests
{
    private static readonly DateTimeOffset Later = Samples.Now.AddHours(1);

    /// <summary>Each step, the states that it may be taken from, and the state that it leads to.</summary>
    private static readonly Dictionary<string, (Func<Proposal, Proposal> Take, ProposalStatus To, ProposalStatus[] From)> Steps = new()
    {
        ["approve"] = (p => p.Decide(Samples.Approve(p) with { DecidedAt = Later }), Approved, [Pending]),
        ["reject"] = (p => p.Decide(Samples.Reject(p) with { DecidedAt = Later }), Rejected, [Pending]),
        ["expire"] = (p => p.Expire(Later), Expired, [Pending]),
        ["supersede"] = (p => p.Supersede("changed", Later), Superseded, [Pending, Approved, ProposalStatus.Clearing]),
        ["begin clear"] = (p => p.BeginClear(Later, Later.AddMinutes(3)), ProposalStatus.Clearing, [Approved]),
        ["complete clear"] = (p => p.CompleteClear(Later, Later.AddMinutes(1)), Cleared, [ProposalStatus.Clearing]),
        ["refuse"] = (p => p.Refuse(new(RefusalCause.Permission, "403"), Later), Refused, [ProposalStatus.Clearing]),
        ["check again"] = (p => p.CheckAgain(Later), Cleared, [Cleared]),
        ["verify"] = (p => p.Verify(Later), Verified, [Cleared, Inconclusive]),
        ["doubt"] = (p => p.Doubt(MatchOutcome.NoMatch, "no match", Later), Inconclusive, [Cleared, ProposalStatus.Clearing]),
        ["begin restore"] = (p => p.BeginRestore(new(Samples.Anton, Later, "wrong user")), Restoring, [Cleared, Inconclusive]),
        ["complete restore"] = (p => p.CompleteRestore(Later), Restored, [Restoring]),
        ["abandon restore"] = (p => p.AbandonRestore("taken", null, Later), Cleared, [Restoring]),
        ["abandon restore in doubt"] = (p => (p with { Match = MatchOutcome.NoMatch }).AbandonRestore("taken", null, Later), Inconclusive, [Restoring]),
    };

    public static MatrixTheoryData<string, ProposalStatus> Table => new(Steps.Keys, Enum.GetValues<ProposalStatus>());

    [Theory]
    [MemberData(nameof(Table))]
    public void Step_FromAnyStatus_IsTakenOrRefused(string name, ProposalStatus from)
    {
        var (take, to, allowed) = Steps[name];
        var proposal = Samples.NewProposal(Samples.NewTenantId()) with { Status = from };

        if (!allowed.Contains(from))
        {
            Assert.Throws<InvalidOperationException>(() => take(proposal));
            return;
        }

        var next = take(proposal);

        Assert.Equal(to, next.Status);
        Assert.Equal(from == to ? Samples.Now : Later, next.StatusAt);
        Assert.True(next.DigestHolds);
    }

    [Fact]
    public void Steps_All_ReachEveryStatus() => Assert.Equal(
        Enum.GetValues<ProposalStatus>(), Steps.Values.Select(s => s.To).Append(Pending).Distinct().Order());

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void HasExpired_AtTheEndOfItsTime_IsTrueFromThatInstant(int ticks, bool expected)
    {
        var proposal = Samples.NewProposal(Samples.NewTenantId());

        Assert.Equal(expected, proposal.HasExpired(proposal.ExpiresAt.AddTicks(ticks)));
    }

    [Fact]
    public void EventOf_EveryStatus_TellsOfThatTimeProposalAndUser()
    {
        foreach (var status in Enum.GetValues<ProposalStatus>())
        {
            var proposal = InStatus(status);

            var told = ProposalTrail.EventOf(proposal);

            Assert.Equal(
                (proposal.Tenant, Later, proposal.UserId, proposal.Id, proposal.Scan),
                (told.Header.Tenant, told.Header.At, told.Header.UserId, told.Header.Proposal, told.Header.Scan));
            Assert.Equal(told.Id, ProposalTrail.EventOf(proposal).Id);
        }
    }

    [Fact]
    public void EventOf_EveryStatus_IsAnotherType()
    {
        var types = Enum.GetValues<ProposalStatus>().Select(s => ProposalTrail.EventOf(InStatus(s)).Type).ToList();

        Assert.Equal(types.Count, types.Distinct().Count());
    }

    [Fact]
    public void EventOf_Clearing_HoldsEveryOldValueAndWhoApproved()
    {
        var told = Assert.IsType<ClearStarted>(ProposalTrail.EventOf(InStatus(ProposalStatus.Clearing)));

        Assert.Equal((Samples.OldAnchor, Samples.Ann.OnPremises, (bool?)null), (told.OldAnchor, told.OldValues, told.OnPremisesSyncEnabled));
        Assert.Equal([Samples.Anton], told.ApprovedBy);
    }

    [Theory]
    [InlineData(Approved, typeof(ProposalApproved))]
    [InlineData(Rejected, typeof(ProposalRejected))]
    public void EventOf_Decided_NamesWhoAndWhy(ProposalStatus status, Type type)
    {
        var told = ProposalTrail.EventOf(InStatus(status));

        Assert.IsType(type, told);
        Assert.Equal((Samples.Anton, "checked"), (told.Header.Actor, told.Header.Reason));
    }

    [Fact]
    public void EventOf_RestoreAsked_NamesWhoAndWhy()
    {
        var told = ProposalTrail.EventOf(InStatus(Restoring));

        Assert.Equal((Samples.Anton, "wrong user"), (told.Header.Actor, told.Header.Reason));
    }

    [Theory]
    [InlineData("abandon restore")]
    [InlineData("abandon restore in doubt")]
    public void EventOf_AfterARestoreThatWasRefused_IsRestoreRefused(string step)
    {
        var told = ProposalTrail.EventOf(Steps[step].Take(InStatus(Restoring)));

        Assert.IsType<RestoreRefused>(told);
        Assert.Equal("taken", told.Header.Reason);
    }

    private static Proposal InStatus(ProposalStatus status)
    {
        var proposal = Samples.NewProposal(Samples.NewTenantId()) with { StatusAt = Later };
        proposal = proposal with { Decisions = [Samples.Approve(proposal)] };
        return status is Restoring
            ? Steps["begin restore"].Take(proposal with { Status = Cleared })
            : proposal with { Status = status };
    }
}
