using System.Globalization;

namespace Reanchor.IntegrationTests.Crashes;

/// <summary>The steps of one tenant's story, in the order of its writes. The same step is called the same in every run.</summary>
internal sealed class StoryLog(Guid tenant, Guid restored, Guid verified)
{
    private readonly Lock _gate = new();
    private readonly List<string> _steps = [];
    private readonly Dictionary<string, int> _counts = [];

    public IReadOnlyList<string> Steps
    {
        get
        {
            lock (_gate)
            {
                return [.. _steps];
            }
        }
    }

    /// <returns>The step's name, with its number when it is not the first of that name; <see langword="null"/> for a write of another story.</returns>
    public string? Add(RelayedWrite write)
    {
        // By the tenant alone: users have the same ids in every story.
        if (!write.About.Contains($"{tenant}", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        lock (_gate)
        {
            var name = $"{write.Step}{(IsAbout(write, restored) ? " restored" : "")}{(IsAbout(write, verified) ? " verified" : "")}";
            var count = _counts[name] = _counts.GetValueOrDefault(name) + 1;
            _steps.Add(count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} #{count}"));
            return _steps[^1];
        }
    }

    private static bool IsAbout(RelayedWrite write, Guid user) =>
        write.About.Contains($"{user:D}", StringComparison.OrdinalIgnoreCase) || write.About.Contains($"{user:N}", StringComparison.OrdinalIgnoreCase);
}
