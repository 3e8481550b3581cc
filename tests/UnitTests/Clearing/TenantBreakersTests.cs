using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

public sealed class TenantBreakersTests
{
    private static readonly TenantPolicy Policy = new() { MaxClearsPerHour = 2, MaxFailurePercent = 20 };

    private static TenantBreakers New => new() { Tenant = Samples.NewTenantId() };

    [Theory]
    [InlineData(0, false)]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void CountClear_LimitReached_AllowsMoreWhenTheHourIsOver(int minutes, bool allowed)
    {
        var full = New.CountClear(Policy, Samples.Now)!.CountClear(Policy, Samples.Now)!.ReachLimit(Samples.Now);

        var next = full.CountClear(Policy, Samples.Now.AddMinutes(minutes));

        Assert.Equal(allowed, next is not null);
        Assert.Equal((allowed ? 1 : 2, allowed ? null : (DateTimeOffset?)Samples.Now), ((next ?? full).ClearsInWindow, (next ?? full).LimitReachedAt));
    }

    [Fact]
    public void ReachLimit_AgainInTheSameHour_KeepsTheFirstTime()
    {
        var full = New.CountClear(Policy, Samples.Now)!.ReachLimit(Samples.Now);

        Assert.Equal(full, full.ReachLimit(Samples.Now.AddMinutes(5)));
    }

    [Theory]
    [InlineData("----", false)]
    [InlineData("++++-", false)]
    [InlineData("+++--", true)]
    [InlineData("++++++++----", true)]
    [InlineData("++++++++++++++++----", false)]
    [InlineData("+++++++++++++++-----", true)]
    [InlineData("-----++++++++++++++++++++", true)]
    public void CountOutcome_Ratio_QuarantinesBeyondThePolicyFromFiveOutcomesOn(string outcomes, bool quarantined)
    {
        var state = outcomes.Aggregate(New, (s, o) => s.CountOutcome(o == '+', Policy, Samples.Now));

        Assert.Equal(quarantined, state.IsQuarantined);
        Assert.True(state.Outcomes.Count <= TenantBreakers.OutcomesKept);
    }

    [Fact]
    public void CountOutcome_OldFailures_AreForgotten()
    {
        var state = new string('+', 15).Insert(0, "-").Aggregate(New, (s, o) => s.CountOutcome(o == '+', Policy, Samples.Now));
        state = new string('+', 10).Aggregate(state, (s, o) => s.CountOutcome(o == '+', Policy, Samples.Now));

        Assert.DoesNotContain(false, state.Outcomes);
    }

    [Fact]
    public void CountOutcome_Tripped_KeepsTheFigures()
    {
        var state = "+++--".Aggregate(New, (s, o) => s.CountOutcome(o == '+', Policy, Samples.Now));

        Assert.Equal(new Quarantine(Samples.Now, 2, 5, 20), state.Quarantine);
    }

    [Fact]
    public void LiftQuarantine_Lifted_CountsAnew()
    {
        var state = "+++--".Aggregate(New, (s, o) => s.CountOutcome(o == '+', Policy, Samples.Now));

        var lifted = state.LiftQuarantine(new(Samples.Olga, Samples.Now, "fixed"));

        Assert.False(lifted.IsQuarantined);
        Assert.False("----".Aggregate(lifted, (s, _) => s.CountOutcome(false, Policy, Samples.Now)).IsQuarantined);
        Assert.True("-----".Aggregate(lifted, (s, _) => s.CountOutcome(false, Policy, Samples.Now)).IsQuarantined);
        Assert.Throws<InvalidOperationException>(() => lifted.LiftQuarantine(new(Samples.Olga, Samples.Now, "again")));
    }

    [Fact]
    public void EventsOf_EverythingThatHappened_IsToldOnceAndTheSameEachTime()
    {
        var state = "+++--".Aggregate(New, (s, o) => s.CountOutcome(o == '+', Policy, Samples.Now))
            .CountClear(Policy, Samples.Now)!
            .ReachLimit(Samples.Now)
            .Switch(new(false, Samples.Anton, Samples.Now, "fixed"))
            .LiftQuarantine(new(Samples.Olga, Samples.Now, "looked into it"));

        var told = BreakerTrail.EventsOf(state).ToList();

        Assert.Equal(
            [nameof(TenantResumed), nameof(ClearLimitReached), nameof(TenantQuarantined), nameof(QuarantineLifted)], told.Select(e => e.Type));
        Assert.Equal(told.Select(e => e.Id), BreakerTrail.EventsOf(state).Select(e => e.Id));
        Assert.Equal((Samples.Olga, "looked into it"), (told[3].Header.Actor, told[3].Header.Reason));
    }
}
