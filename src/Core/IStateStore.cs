namespace Reanchor;

/// <summary>Keeps one state for each thing, changed only by whoever has read the latest.</summary>
public interface IStateStore<T>
{
    /// <returns><see langword="false"/> if the thing has a state already.</returns>
    Task<bool> TryAddAsync(T added, CancellationToken cancellationToken);

    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    Task<Versioned<T>?> TryUpdateAsync(Versioned<T> current, T changed, CancellationToken cancellationToken);
}
