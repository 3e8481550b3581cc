using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Reanchor.Auditing;

/// <summary>The key that marks events as Reanchor's own. It must be out of reach of those who can write to the tables.</summary>
public sealed class AuditOptions : IValidatableObject
{
    public const string Section = "Audit";

    private const int MinBytes = 32;

    /// <summary>32 random bytes or more, in Base64.</summary>
    public string Key { get; set; } = "";

    /// <summary>The key before, while events that it marked wait for their seal; empty when there is none.</summary>
    public string PreviousKey { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsKey(Key))
        {
            yield return new(
                $"{Section}__{nameof(Key)} is {(Key.Length == 0 ? "not set" : "not a key")}. Set it to {MinBytes} random bytes in Base64 "
                + "(openssl rand -base64 32), kept in a key vault, and the same for every host on this storage.",
                [nameof(Key)]);
        }

        if (PreviousKey.Length > 0 && !IsKey(PreviousKey))
        {
            yield return new(
                $"{Section}__{nameof(PreviousKey)} is not a key. Set it to what {Section}__{nameof(Key)} was before, or leave it out.",
                [nameof(PreviousKey)]);
        }
    }

    private static bool IsKey(string text) => Base64.IsValid(text, out var bytes) && bytes >= MinBytes;
}

[OptionsValidator]
public sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
