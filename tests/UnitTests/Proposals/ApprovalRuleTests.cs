using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Proposals;

public sealed class ApprovalRuleTests
{
    private static readonly Proposal Plain = Samples.NewProposal(Samples.NewTenantId()) with { Warnings = [MatchWarnings.OfEveryMatch] };

    private static readonly Dictionary<string, Proposal> Proposals = new()
    {
        ["plain"] = Plain,
        ["warned"] = Plain with { Warnings = [MatchWarnings.OfEveryMatch, "The sign-in name changes."] },
        ["second clear"] = Plain with { Kind = ProposalKind.ClearObjectIdentifier },
        ["no partner"] = Plain with { Evidence = Plain.Evidence with { Partner = null } },
        ["duplicate"] = Plain with { Evidence = Plain.Evidence with { Prediction = Prediction.Duplicate } },
        ["unknown"] = Plain with { Evidence = Plain.Evidence with { Prediction = Prediction.Unknown } },
    };

    [Theory]
    [InlineData("plain", TwoApprovals.Always)]
    [InlineData("warned", TwoApprovals.Warned)]
    [InlineData("second clear", TwoApprovals.Risky)]
    [InlineData("no partner", TwoApprovals.Risky)]
    [InlineData("duplicate", TwoApprovals.Risky)]
    [InlineData("unknown", TwoApprovals.Risky)]
    public void Required_EachPolicy_IsTwoFromTheFirstOnThatNamesTheRisk(string name, TwoApprovals first)
    {
        foreach (var two in Enum.GetValues<TwoApprovals>())
        {
            Assert.Equal(two < first ? 1 : 2, ApprovalRule.Required(new() { TwoApprovals = two }, Proposals[name]));
        }
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void Required_CandidatesOfTheScan_AreTwoAboveTheLimit(int together, int expected) => Assert.Equal(
        expected,
        ApprovalRule.Required(new() { TwoApprovals = TwoApprovals.Never, TwoApprovalsAbove = 3 }, Plain with { FoundTogether = together }));
}
