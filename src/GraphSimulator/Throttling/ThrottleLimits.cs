namespace Reanchor.GraphSimulator;

/// <summary>What one app may spend in one tenant.</summary>
public sealed record ThrottleLimits
{
    public required int ResourceUnitsPer10Seconds { get; init; }
    public int WritesPer150Seconds { get; init; } = 3_000;

    /// <summary>Microsoft Graph throttling limits, identity and access: tenants of under 50, 50 to 500, and over 500 users.</summary>
    public static ThrottleLimits ForTenantOf(int users) => users switch
    {
        < 50 => new() { ResourceUnitsPer10Seconds = 3_500 },
        <= 500 => new() { ResourceUnitsPer10Seconds = 5_000 },
        _ => new() { ResourceUnitsPer10Seconds = 8_000 },
    };
}
