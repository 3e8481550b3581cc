using System.ComponentModel.DataAnnotations;

namespace Reanchor.Collector.Watching;

/// <summary>What to run when Reanchor wants a directory synchronisation.</summary>
internal sealed class SyncOptions : IValidatableObject
{
    public const string Section = "Sync";

    /// <summary>Empty: this machine runs no sync, and does not ask whether one is wanted.</summary>
    public string Program { get; set; } = "";

    public string[] Arguments { get; set; } = [];

    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Timeout <= TimeSpan.Zero)
        {
            yield return new($"{Section}:{nameof(Timeout)} must be positive. Use a value such as \"00:30:00\".");
        }

        if (Program.Length == 0 && Arguments.Length > 0)
        {
            yield return new($"{Section}:{nameof(Program)} is not set. Set it to the program that takes {Section}:{nameof(Arguments)}, or leave both out.");
        }
    }
}
