using Reanchor.Scanning;

namespace Reanchor.Functions.Preflight;

/// <summary>A value, or why it is not known.</summary>
public sealed record ReadingView<T>(T? Value, string? UnknownBecause);

internal static class ReadingView
{
    public static ReadingView<TView?> Of<T, TView>(Reading<T> reading, Func<T, TView> view)
        where TView : class =>
        new(reading.IsKnown ? view(reading.Value) : null, reading.UnknownBecause);

    public static ReadingView<int?> Count<T>(Reading<T> reading, Func<T, int> count) =>
        new(reading.IsKnown ? count(reading.Value) : null, reading.UnknownBecause);
}
