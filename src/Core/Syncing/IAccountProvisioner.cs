using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Syncing;

public enum ProvisioningOutcome
{
    /// <summary>No Cloud Sync job of the account's domain was found: the tenant uses Connect Sync, or it cannot be read.</summary>
    NoJob,

    /// <summary>No inventory says where the account is in AD.</summary>
    UnknownName,

    /// <summary>The tenant has not granted the permission.</summary>
    NotPermitted,

    /// <summary>Cloud Sync was asked and did not provision the account.</summary>
    Refused,
    Provisioned,
}

/// <param name="Text">Why it was not provisioned, with what to do; <see langword="null"/> when it was.</param>
public sealed record ProvisioningAnswer(ProvisioningOutcome Outcome, string? Text);

/// <summary>Has a tenant's Cloud Sync take up one on-premises account now, not in its next cycle.</summary>
public interface IAccountProvisioner
{
    /// <param name="distinguishedName"><see langword="null"/> when it is not known.</param>
    /// <exception cref="DirectoryUnavailableException">Unreachable, or throttled (5 calls in 10 seconds): ask again later.</exception>
    Task<ProvisioningAnswer> ProvisionAsync(Tenant tenant, string? distinguishedName, CancellationToken cancellationToken);
}
