using Reanchor.Anchors;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>The one place that writes to a directory.</summary>
public interface IAnchorWriter
{
    /// <summary>Sends nothing.</summary>
    /// <exception cref="DirectoryUnavailableException">It is known that the directory takes no writes for a while.</exception>
    void ExpectWrite(Tenant tenant);

    /// <summary>Sends exactly one PATCH with <c>onPremisesImmutableId</c> and nothing else.</summary>
    /// <param name="anchor"><see langword="null"/> clears.</param>
    /// <returns>Why the directory refused; <see langword="null"/> when it was written.</returns>
    /// <exception cref="DirectoryUnavailableException">
    /// Also when the kill switch was thrown before the request left. Unless <see cref="DirectoryUnavailableException.NothingDone"/>, it may or may not have been written: read before trying again.
    /// </exception>
    Task<AnchorRefusal?> WriteAsync(Tenant tenant, Guid userId, SourceAnchor? anchor, CancellationToken cancellationToken);

    /// <summary>
    /// Sends exactly one PATCH that sets <c>onPremisesObjectIdentifier</c> to null and nothing else. Another value cannot be written,
    /// so it cannot be undone.
    /// </summary>
    /// <returns>As of <see cref="WriteAsync"/>.</returns>
    /// <exception cref="DirectoryUnavailableException">As of <see cref="WriteAsync"/>.</exception>
    Task<AnchorRefusal?> ClearObjectIdentifierAsync(Tenant tenant, Guid userId, CancellationToken cancellationToken);
}
