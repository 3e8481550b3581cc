using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Reanchor.Clearing;

public sealed class ClearingOptions : IValidatableObject
{
    public const string Section = "Reanchor";

    /// <summary>Stops every write to every directory at once. Approvals stand and are applied when it is lifted.</summary>
    public bool Paused { get; set; }

    /// <summary>The first look after a clear; later looks wait as long again as has passed.</summary>
    public TimeSpan VerificationFirstDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait between two looks. A directory syncs every 30 minutes.</summary>
    public TimeSpan VerificationMaxDelay { get; set; } = TimeSpan.FromMinutes(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (VerificationFirstDelay <= TimeSpan.Zero || VerificationMaxDelay < VerificationFirstDelay
            || VerificationMaxDelay > TimeSpan.FromDays(7))
        {
            yield return new(
                $"{Section}__{nameof(VerificationFirstDelay)} must be positive and {Section}__{nameof(VerificationMaxDelay)} not "
                + "below it nor above 7 days. Use values such as \"00:01:00\" and \"00:30:00\".",
                [nameof(VerificationFirstDelay), nameof(VerificationMaxDelay)]);
        }
    }

    /// <summary>How long to wait before looking again, given how long ago the clear was.</summary>
    public TimeSpan NextDelay(TimeSpan sinceClear) =>
        sinceClear < VerificationFirstDelay ? VerificationFirstDelay
        : sinceClear > VerificationMaxDelay ? VerificationMaxDelay
        : sinceClear;
}

[OptionsValidator]
public sealed partial class ClearingOptionsValidator : IValidateOptions<ClearingOptions>;
