using System.Text.Json.Serialization;
using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>
/// Where a person, a group or an application may use the roles that Entra gives them. A step returns the next state; it never edits
/// this one. What has been taken back stays, until access is given again.
/// </summary>
public sealed record AccessGrant
{
    /// <summary>The object id; of an application that of its service principal.</summary>
    public required Guid PrincipalId { get; init; }

    public required PrincipalKind Kind { get; init; }

    /// <summary>The Entra directory that the object id belongs to. A token of another one does not count.</summary>
    public required Guid Directory { get; init; }

    /// <summary>Every tenant, also those registered later.</summary>
    public bool AllTenants { get; init; }

    /// <summary>Empty with <see cref="AllTenants"/>.</summary>
    public IReadOnlyList<TenantId> Tenants { get; init; } = [];

    public required string Reason { get; init; }

    public required Actor GrantedBy { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary><see langword="null"/> while it is in force.</summary>
    public AccessRemoval? Removal { get; init; }

    [JsonIgnore]
    public bool IsInForce => Removal is null;

    [JsonIgnore]
    public DateTimeOffset ChangedAt => Removal?.RemovedAt ?? GrantedAt;

    [JsonIgnore]
    public TenantScope Scope => AllTenants ? TenantScope.All : TenantScope.Of(Tenants);

    public bool CoversTokenOf(Principal principal) =>
        IsInForce
        && Directory == principal.Directory
        && Kind switch
        {
            PrincipalKind.Group => principal.Groups.Contains(PrincipalId),
            PrincipalKind.Application => principal.Actor.Kind is ActorKind.Application && IsIdOf(principal.Actor),
            _ => principal.Actor.Kind is ActorKind.Person && IsIdOf(principal.Actor),
        };

    public AccessGrant Remove(AccessRemoval removal) =>
        IsInForce ? this with { Removal = removal } : throw new InvalidOperationException($"The access of {PrincipalId} has been taken back.");

    private bool IsIdOf(Actor actor) => actor.Id == PrincipalId.ToString("D");
}
