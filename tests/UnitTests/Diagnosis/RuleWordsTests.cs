using Reanchor.Diagnosis;
using Reanchor.Scanning.Rules;
using Xunit;

namespace Reanchor.UnitTests.Diagnosis;

public sealed class RuleWordsTests
{
    [Fact]
    public void ByRule_EveryRule_HasWordsAndNoOtherHas()
    {
        Assert.Equal(ClassificationRules.InOrder.Select(rule => rule.Name).Order(), RuleWords.ByRule.Keys.Order());
    }

    [Fact]
    public void RulesLeftOut_OfAHardMatch_AreRules()
    {
        Assert.All(HardMatchChecks.RulesLeftOut, name => Assert.Contains(ClassificationRules.InOrder, rule => rule.Name == name));
    }
}
