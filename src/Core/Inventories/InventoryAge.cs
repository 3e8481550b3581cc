using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>How long ago a directory was read.</summary>
internal readonly record struct InventoryAge(TimeSpan Value)
{
    public static InventoryAge Of(DateTimeOffset takenAt, DateTimeOffset now) => new(now - takenAt);

    public bool IsOver(TenantPolicy policy) => Value > TimeSpan.FromHours(policy.InventoryMaxAgeHours);

    /// <summary>Rounded up, so that an age over the limit never reads like the limit.</summary>
    public override string ToString() => Math.Ceiling(Value.TotalHours) is var hours && hours == 1 ? "1 hour" : $"{hours} hours";
}
