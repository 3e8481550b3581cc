using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Reanchor.Clearing;

public sealed class ClearingOptions : IValidatableObject
{
    public const string Section = "Reanchor";

    /// <summary>Stops every write to every directory at once. Approvals stand and are applied when it is lifted.</summary>
    public bool Paused { get; set; }

    /// <summary>
    /// How long one delivery has the right to write to a user. Its request gets the first half; the second is for the directory's
    /// replicas to show the write. A crash in between delays the clear by as much. For as long after a clear, an old anchor is taken for
    /// the answer of a replica that has not heard of it.
    /// </summary>
    public TimeSpan ClaimDuration { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>The first look after a clear; later looks wait as long again as has passed.</summary>
    public TimeSpan VerificationFirstDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait between two looks. A directory syncs every 30 minutes.</summary>
    public TimeSpan VerificationMaxDelay { get; set; } = TimeSpan.FromMinutes(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClaimDuration < TimeSpan.FromSeconds(2) || ClaimDuration > TimeSpan.FromHours(1))
        {
            yield return new(
                $"{Section}__{nameof(ClaimDuration)} must be from 2 seconds to 1 hour. Use a value such as \"00:03:00\".",
                [nameof(ClaimDuration)]);
        }

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
