using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Reanchor.Scanning;

public sealed class ScanOptions : IValidatableObject
{
    public const string Section = "Scan";

    /// <summary>Users judged together: one pass over the inventories and one checkpoint for each such batch. 1 to 10000.</summary>
    public int BatchSize { get; set; } = 2000;

    /// <summary>After this time a message hands over to another one, well before the host's function timeout.</summary>
    public TimeSpan SoftDeadline { get; set; } = TimeSpan.FromMinutes(4);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BatchSize is < 1 or > 10_000)
        {
            yield return new($"{Section}__{nameof(BatchSize)} must be 1 to 10000. Leave it out for 2000.", [nameof(BatchSize)]);
        }

        if (SoftDeadline <= TimeSpan.Zero || SoftDeadline > TimeSpan.FromMinutes(30))
        {
            yield return new(
                $"{Section}__{nameof(SoftDeadline)} must be above zero and at most 30 minutes. Use a value such as \"00:04:00\".",
                [nameof(SoftDeadline)]);
        }
    }
}

[OptionsValidator]
public sealed partial class ScanOptionsValidator : IValidateOptions<ScanOptions>;
