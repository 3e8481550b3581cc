using Reanchor.Scanning;
using Reanchor.Scanning.Rules;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

public sealed class ClassificationTableTests
{
    private const string Overwrites = "After the match AD overwrites the user's attributes, and password hash sync its password.";

    private static readonly Dictionary<string, ClassificationRow> Rows = ClassificationTable.Rows.ToDictionary(r => r.Words);

    public static TheoryData<string> Users => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Users))]
    public void Classify_UserOfTheTable_IsJudgedAsTheRowSays(string user)
    {
        var row = Rows[user];

        var assessment = CandidateClassifier.Classify(row.Case);

        Assert.Equal(row.Classification, assessment.Classification);
        Assert.Equal(row.Checks, assessment.FailedChecks.Select(c => c.Check));
        Assert.Equal(row.Prediction, assessment.Prediction);
        Assert.Equal(assessment.Partner is null ? 0 : 1, assessment.Warnings.Count(w => w == Overwrites));
        Assert.Equal(row.Warnings.Length, assessment.Warnings.Count(w => w != Overwrites));
        Assert.All(row.Warnings.Zip(assessment.Warnings), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.NotEmpty(assessment.Reason);
    }

    [Fact]
    public void Rows_OfTheTable_ShowEveryClassEveryRuleAndEveryReadingThatMayBeUnknown()
    {
        Assert.Equal(Enum.GetValues<Classification>(), Rows.Values.Select(r => r.Classification).Distinct().Order());
        Assert.Equal(
            ClassificationRules.InOrder.Select(r => r.Name).Order(StringComparer.Ordinal),
            Rows.Values.SelectMany(r => r.Checks).Distinct().Order(StringComparer.Ordinal));
        Assert.All(UnreadFacts.Names, name => Assert.Contains(UnreadFacts.Unread(name).Words, Rows.Keys));
    }

    [Fact]
    public void Names_OfRules_AreUnique() =>
        Assert.Distinct(ClassificationRules.InOrder.Select(r => r.Name));

    [Theory]
    [MemberData(nameof(Users))]
    public void Judge_AnyRule_SaysWhatItSawAndNamesAClassUnlessItPasses(string user) =>
        Assert.All(ClassificationRules.InOrder.Select(rule => rule.Judge(Rows[user].Case)), verdict =>
        {
            Assert.NotEmpty(verdict.Seen);
            Assert.Equal(verdict.Outcome is RuleOutcome.Pass, verdict.Classification is null);
            Assert.True(verdict.Outcome is not RuleOutcome.Unknown || verdict.Classification is Classification.EvidenceInsufficient);
        });

    /// <summary>Nobody is asked for claims to a partner that is not there.</summary>
    [Theory]
    [MemberData(nameof(Users))]
    public void Classify_AnyReadingUnknown_IsNoCandidate(string user)
    {
        var hasPartner = CandidateClassifier.Classify(Rows[user].Case).Partner is not null;
        var readings = UnreadFacts.Names.Where(name => hasPartner || typeof(PartnerClaims).GetProperty(name) is null);

        Assert.All(readings, name => Assert.NotEqual(
            Classification.Candidate, CandidateClassifier.Classify(UnreadFacts.Unread(name).Change(Rows[user].Case)).Classification));
    }
}
