using Reanchor.Access;

namespace Reanchor.Functions.Access;

/// <summary>Access in force as callers see it.</summary>
/// <param name="Tenants"><c>*</c> for all, also those registered later.</param>
/// <param name="GrantedBy"><see langword="null"/> for what the settings grant.</param>
public sealed record AccessView(
    Guid PrincipalId,
    PrincipalKind Kind,
    Guid DirectoryId,
    IReadOnlyList<string> Tenants,
    string Reason,
    Actor? GrantedBy,
    DateTimeOffset? GrantedAt)
{
    public static AccessView Of(AccessGrant grant) => new(
        grant.PrincipalId,
        grant.Kind,
        grant.Directory,
        grant.AllTenants ? [AccessBody.AllTenants] : [.. grant.Tenants.Select(tenant => tenant.ToString())],
        grant.Reason,
        grant.GrantedBy,
        grant.GrantedAt);

    public static AccessView OfFirstAdministrator(Guid id, Guid directory) => new(
        id,
        PrincipalKind.Person,
        directory,
        [AccessBody.AllTenants],
        $"{AccessOptions.Section}__{nameof(AccessOptions.FirstAdministrators)} names them. Take them off that setting to end it.",
        null,
        null);
}
