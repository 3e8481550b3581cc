using Microsoft.Extensions.Options;

namespace Reanchor.UnitTests;

public sealed class RefusedSettingsTests
{
    [Fact]
    public void Of_SeveralRefusals_IsTheirSentencesAlone() => Assert.Equal(
        ["Access__Audience is not set.", "Access__ClientId is not set. Set it; Entra shows it: in the overview.", "Scan:BatchSize: too large."],
        RefusedSettings.Of(new AggregateException(
            Refusal("Audience: Access__Audience is not set.", "ClientId, Authority: Access__ClientId is not set. Set it; Entra shows it: in the overview."),
            Refusal("Scan:BatchSize: too large."))));

    [Fact]
    public void Of_AnotherFault_IsNothing()
    {
        Assert.Empty(RefusedSettings.Of(new InvalidOperationException("no")));
        Assert.Empty(RefusedSettings.Of(new AggregateException(Refusal("no"), new InvalidOperationException("no"))));
    }

    private static OptionsValidationException Refusal(params string[] failures) => new("", typeof(object), failures);
}
