namespace Reanchor.Scanning;

/// <summary>Something asked of the directory: the answer, or why there is none. Unknown is never taken for "no".</summary>
public sealed record Reading<T>
{
    private readonly T? _value;

    internal Reading(T? value, string? unknownBecause) => (_value, UnknownBecause) = (value, unknownBecause);

    /// <summary>Why it could not be read, in words for a person; <see langword="null"/> when it was read.</summary>
    public string? UnknownBecause { get; }

    public bool IsKnown => UnknownBecause is null;

    /// <exception cref="InvalidOperationException">Nothing was read.</exception>
    public T Value => IsKnown ? _value! : throw new InvalidOperationException(UnknownBecause);
}

public static class Reading
{
    public static Reading<T> Known<T>(T value) => new(value, null);

    public static Reading<T> Unknown<T>(string because) => new(default, because);
}
