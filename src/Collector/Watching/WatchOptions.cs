using System.ComponentModel.DataAnnotations;

namespace Reanchor.Collector.Watching;

/// <summary>How often, and where the inventory lies meanwhile.</summary>
internal sealed class WatchOptions : IValidatableObject
{
    public const string Section = "Watch";

    /// <summary>From one inventory to the next. Reanchor proposes nothing on one older than the tenant's limit, a day as a rule.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>After a failure.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>From one question for work to the next.</summary>
    public TimeSpan WorkInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A folder of this program's own. The inventory in it lists people: let nobody else read it.</summary>
    public string? Folder { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Interval < TimeSpan.FromMinutes(1) || RetryAfter <= TimeSpan.Zero || WorkInterval <= TimeSpan.Zero)
        {
            yield return new(
                $"{Section}:{nameof(Interval)} must be a minute or more, {nameof(RetryAfter)} and {nameof(WorkInterval)} more than nothing. "
                + "Use values such as \"06:00:00\".");
        }

        if (!Directory.Exists(Folder))
        {
            yield return new($"{Section}:{nameof(Folder)} '{Folder}' is not a folder. Make one that only this program may read, and set it.");
        }
    }
}
