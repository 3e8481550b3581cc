using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>The seals, where each can be written once and by nobody changed.</summary>
public interface ISealArchive
{
    /// <returns><see langword="false"/> if the tenant has a seal of that number already.</returns>
    Task<bool> TryAddAsync(SealDocument document, CancellationToken cancellationToken);

    /// <summary>Newest first, one at a time.</summary>
    IAsyncEnumerable<StoredSeal> ReadAsync(TenantId tenant, CancellationToken cancellationToken);
}

/// <param name="Document"><see langword="null"/> when what is stored there cannot be read as a seal.</param>
public sealed record StoredSeal(long Sequence, SealDocument? Document);
