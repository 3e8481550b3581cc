using System.ComponentModel.DataAnnotations;

namespace Reanchor.Collector.Watching;

/// <summary>What to run when Reanchor wants a directory synchronisation.</summary>
internal sealed class SyncOptions : IValidatableObject
{
    public const string Section = "Sync";

    /// <summary>Empty: this machine runs no sync, and does not ask whether one is wanted.</summary>
    public string Program { get; set; } = OperatingSystem.IsWindows() ? "powershell.exe" : "";

    /// <summary>Set it together with <see cref="Program"/>; <see langword="null"/> for a delta sync of Entra Connect.</summary>
    public string[]? Arguments { get; set; }

    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    public IReadOnlyList<string> EffectiveArguments =>
        Arguments ?? ["-NoProfile", "-NonInteractive", "-Command", "Start-ADSyncSyncCycle -PolicyType Delta"];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Timeout <= TimeSpan.Zero)
        {
            yield return new($"{Section}:{nameof(Timeout)} must be positive. Use a value such as \"00:30:00\".");
        }

        if (Arguments is null && Program.Length > 0 && !Program.Contains("powershell", StringComparison.OrdinalIgnoreCase) && !Program.Contains("pwsh", StringComparison.OrdinalIgnoreCase))
        {
            yield return new($"{Section}:{nameof(Arguments)} is not set for {Program}. Set it to the program's arguments, or to [\"\"] for none.");
        }
    }
}
