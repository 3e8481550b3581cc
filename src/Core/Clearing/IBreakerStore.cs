using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public interface IBreakerStore
{
    /// <returns>New ones, not stored yet, for a tenant that has none.</returns>
    Task<Versioned<TenantBreakers>> FindAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> if someone else wrote first.</returns>
    Task<bool> TryUpdateAsync(
        Versioned<TenantBreakers> current, TenantBreakers changed, CancellationToken cancellationToken);

    /// <summary>
    /// Changes the breakers and a proposal of their tenant together, or neither: so a step of a proposal is counted exactly once,
    /// whoever takes it and however often a message comes.
    /// </summary>
    Task<JointUpdate> TryUpdateAsync(
        Versioned<TenantBreakers> current,
        TenantBreakers changed,
        Versioned<Proposal> proposal,
        Proposal moved,
        CancellationToken cancellationToken);
}

/// <param name="BreakersChanged">Someone else wrote the breakers first: read them again and try again.</param>
/// <param name="Moved">The proposal's new version; <see langword="null"/> when nothing was changed.</param>
public sealed record JointUpdate(bool BreakersChanged, Versioned<Proposal>? Moved);
