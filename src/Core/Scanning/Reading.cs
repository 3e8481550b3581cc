namespace Reanchor.Scanning;

/// <summary>A <see cref="Reading{T}"/> of any type: whether there is an answer, not what it is.</summary>
public interface IReading
{
    bool IsKnown { get; }

    /// <summary>Why it could not be read, in words for a person; <see langword="null"/> when it was read.</summary>
    string? UnknownBecause { get; }

    /// <summary>The permission for want of which it was refused; <see langword="null"/> for any other reason.</summary>
    string? MissingPermission { get; }

    /// <summary>The directory failed at it: asked again, it may answer.</summary>
    bool HasFailed { get; }
}

/// <summary>Something asked of the directory: the answer, or why there is none. Unknown is never taken for "no".</summary>
public sealed record Reading<T> : IReading
{
    private readonly T? _value;

    internal Reading(T? value, string? unknownBecause, string? missingPermission, bool hasFailed = false) =>
        (_value, UnknownBecause, MissingPermission, HasFailed) = (value, unknownBecause, missingPermission, hasFailed);

    public string? UnknownBecause { get; }

    public string? MissingPermission { get; }

    public bool HasFailed { get; }

    public bool IsKnown => UnknownBecause is null;

    /// <exception cref="InvalidOperationException">Nothing was read.</exception>
    public T Value => IsKnown ? _value! : throw new InvalidOperationException(UnknownBecause);
}

public static class Reading
{
    public static Reading<T> Known<T>(T value) => new(value, null, null);

    public static Reading<T> Unknown<T>(string because) => new(default, because, null);

    public static Reading<T> Failed<T>(string because) => new(default, because, null, hasFailed: true);

    /// <param name="permission">As the directory names it.</param>
    public static Reading<T> Refused<T>(string permission) => new(
        default, $"Graph refuses it. The application needs the permission {permission} in this tenant.", permission);

    /// <summary>Unknown for the reason of another reading that this one is made from.</summary>
    public static Reading<T> UnknownLike<T>(IReading unknown) => new(default, unknown.UnknownBecause, unknown.MissingPermission, unknown.HasFailed);

    /// <summary>Before a write: what the directory failed at is asked for again, and no reason to give an approval up.</summary>
    /// <exception cref="DirectoryUnavailableException">One of them failed.</exception>
    public static void ThrowIfFailed(params ReadOnlySpan<IReading> readings)
    {
        foreach (var reading in readings)
        {
            if (reading.HasFailed)
            {
                throw new DirectoryUnavailableException(reading.UnknownBecause!);
            }
        }
    }
}
