using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>
/// The hash of every seal, kept apart from the archive: whoever takes the newest seal away from the one is given away by the other.
/// Only ever added to.
/// </summary>
public interface ISealRegister
{
    /// <summary>A seal that is there already is left as it is.</summary>
    Task AddAsync(Seal seal, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    IAsyncEnumerable<RegisteredSeal> ListAsync(TenantId tenant, CancellationToken cancellationToken);
}

/// <param name="Hash">Empty when it cannot be read.</param>
public sealed record RegisteredSeal(long Sequence, string Hash);
