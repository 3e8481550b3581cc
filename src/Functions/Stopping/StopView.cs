using Reanchor.Access;
using Reanchor.Clearing;

namespace Reanchor.Functions.Stopping;

/// <summary>Whether every write to every directory is stopped.</summary>
/// <param name="BySetting">By <c>Reanchor__Paused</c>, which nothing here can lift.</param>
/// <param name="By">Who stopped everything; like <paramref name="At"/> and <paramref name="Reason"/> <see langword="null"/> when no person did.</param>
public sealed record StopView(bool Stopped, bool BySetting, Actor? By, DateTimeOffset? At, string? Reason)
{
    public static StopView Of(TenantBreakers everywhere, ClearingOptions options)
    {
        var stop = everywhere.IsPaused ? everywhere.Pause : null;
        return new(stop is not null || options.Paused, options.Paused, stop?.By, stop?.At, stop?.Reason);
    }
}
