using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Preflight;

/// <summary>One of Reanchor's applications in a tenant.</summary>
/// <param name="SignInProblem">Why it cannot sign in to the directory or read it, and what to do; <see langword="null"/> when it can.</param>
/// <param name="Permissions">Those it needs.</param>
/// <param name="NotNeeded">What the tenant grants beyond them, by name; empty too when the grants cannot be read.</param>
public sealed record ApplicationConsent(
    RegisteredApplication Application, string? SignInProblem, IReadOnlyList<PermissionCheck> Permissions, IReadOnlyList<string> NotNeeded);

/// <summary>Says where a tenant's administrator consents, and what has come of it so far.</summary>
public sealed class ReadConsentHandler(ITenantStore tenants, IDirectoryApplications applications, IDirectoryReader directory)
{
    /// <returns><see langword="null"/> when there is no such tenant.</returns>
    public async Task<IReadOnlyList<ApplicationConsent>?> HandleAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        if ((await tenants.FindAsync(tenantId, cancellationToken))?.Item is not { } tenant)
        {
            return null;
        }

        var consents = new List<ApplicationConsent>();
        PermissionEvidence? evidence = null;

        foreach (var application in applications.ListFor(tenant))
        {
            var problem = await applications.TrySignInAsync(tenant, application.Uses[0], cancellationToken);

            if (problem is null && application.Uses[0] is DirectoryUse.Read)
            {
                (evidence, problem) = await TryReadAsync(tenant, cancellationToken);
            }

            consents.Add(new(application, problem, Check(application, evidence), Surplus(application, evidence)));
        }

        return consents;
    }

    /// <summary>Where to consent is told all the same: it may be what is missing.</summary>
    private async Task<(PermissionEvidence? Evidence, string? Problem)> TryReadAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        try
        {
            return (new(await directory.ReadTenantFactsAsync(tenant, cancellationToken), await directory.ReadAccessAsync(tenant, cancellationToken)), null);
        }
        catch (DirectoryUnavailableException ex)
        {
            return (null, ex.Message);
        }
    }

    private static IReadOnlyList<PermissionCheck> Check(RegisteredApplication application, PermissionEvidence? evidence) =>
    [
        .. from permission in NeededBy(application)
           let use = permission.Uses.First(application.Uses.Contains)
           select evidence is null ? new(permission, PermissionState.Unknown) : PermissionCheck.Of(permission, use, evidence),
    ];

    private static IReadOnlyList<string> Surplus(RegisteredApplication application, PermissionEvidence? evidence) =>
        evidence?.Access.GrantedFor(application.Uses[0]) is { IsKnown: true, Value: var granted }
            ? [.. granted.Except(NeededBy(application).Select(p => p.Name)).Order(StringComparer.Ordinal)]
            : [];

    private static IEnumerable<DirectoryPermission> NeededBy(RegisteredApplication application) =>
        DirectoryPermissions.All.Where(p => p.Uses.Intersect(application.Uses).Any());
}
