using Reanchor.Clearing;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

public sealed class ClearingOptionsTests
{
    [Theory]
    [InlineData(60, 1800, true)]
    [InlineData(60, 60, true)]
    [InlineData(1, 604_800, true)]
    [InlineData(0, 1800, false)]
    [InlineData(-1, 1800, false)]
    [InlineData(61, 60, false)]
    [InlineData(60, 604_801, false)]
    public void Validate_Delays_SayWhatToSet(int first, int max, bool valid)
    {
        var options = new ClearingOptions
        {
            VerificationFirstDelay = TimeSpan.FromSeconds(first),
            VerificationMaxDelay = TimeSpan.FromSeconds(max),
        };

        var result = new ClearingOptionsValidator().Validate(null, options);

        Assert.Equal(valid, result.Succeeded);
        Assert.Equal(!valid, result.FailureMessage?.Contains("Reanchor__VerificationFirstDelay", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3600, true)]
    [InlineData(1, false)]
    [InlineData(3601, false)]
    public void Validate_Claim_SaysWhatToSet(int seconds, bool valid)
    {
        var result = new ClearingOptionsValidator().Validate(null, new() { ClaimDuration = TimeSpan.FromSeconds(seconds) });

        Assert.Equal(valid, result.Succeeded);
        Assert.Equal(!valid, result.FailureMessage?.Contains("Reanchor__ClaimDuration", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData(2000, 240, null)]
    [InlineData(1, 1800, null)]
    [InlineData(0, 240, "Scan__BatchSize")]
    [InlineData(10_001, 240, "Scan__BatchSize")]
    [InlineData(2000, 0, "Scan__SoftDeadline")]
    [InlineData(2000, 1801, "Scan__SoftDeadline")]
    public void Validate_Scan_SaysWhatToSet(int batchSize, int seconds, string? setting)
    {
        var options = new ScanOptions { BatchSize = batchSize, SoftDeadline = TimeSpan.FromSeconds(seconds) };

        var result = new ScanOptionsValidator().Validate(null, options);

        Assert.Equal(setting is null, result.Succeeded);
        Assert.Contains(setting ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
    }
}
