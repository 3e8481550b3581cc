using Reanchor.Tenants;

namespace Reanchor.Preflight;

/// <param name="Uses">One or both.</param>
/// <param name="ClientId"><see langword="null"/> when no setting names it, which a simulator allows.</param>
/// <param name="ConsentAddress">Where an administrator of the tenant consents; <see langword="null"/> without a client id.</param>
public sealed record RegisteredApplication(IReadOnlyList<DirectoryUse> Uses, string? ClientId, Uri? ConsentAddress);

/// <summary>The applications that Reanchor signs in to tenants with.</summary>
public interface IDirectoryApplications
{
    /// <summary>One for both uses, or the reader and then the writer.</summary>
    IReadOnlyList<RegisteredApplication> ListFor(Tenant tenant);

    /// <summary>Signs in, and asks the directory nothing.</summary>
    /// <returns>Why it did not work, and what to do; <see langword="null"/> when it did.</returns>
    Task<string?> TrySignInAsync(Tenant tenant, DirectoryUse use, CancellationToken cancellationToken);
}
