using System.Collections.Frozen;
using System.Security.Claims;
using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

/// <summary>Reads a validated token. Claim names are Entra's; <see cref="Tenants"/> is Reanchor's own.</summary>
public static class TokenClaims
{
    public const string Name = "name";
    public const string Roles = "roles";

    /// <summary><c>*</c>, or tenant ids as an array or separated by spaces. Believed from a local authority only.</summary>
    public const string Tenants = "reanchor_tenants";

    // By name alone: Enum.TryParse would take "2" for Approve.
    private static readonly FrozenDictionary<string, Role> RolesByName =
        Enum.GetValues<Role>().ToFrozenDictionary(role => role.ToString(), StringComparer.Ordinal);

    /// <returns><see langword="null"/> if the token names nobody.</returns>
    public static Actor? ReadActor(ClaimsPrincipal token)
    {
        var id = token.FindFirstValue("oid") ?? token.FindFirstValue("sub");

        // Entra marks a token without a user with idtyp=app.
        return string.IsNullOrEmpty(id)
            ? null
            : new(
                token.FindFirstValue("idtyp") == "app" ? ActorKind.Application : ActorKind.Person,
                id,
                token.FindFirstValue(Name) ?? id,
                token.FindFirstValue("iss") ?? "");
    }

    /// <summary>Values that are no role of Reanchor's are passed over.</summary>
    public static IReadOnlySet<Role> ReadRoles(ClaimsPrincipal token) =>
        token.FindAll(Roles)
            .Where(claim => RolesByName.ContainsKey(claim.Value))
            .Select(claim => RolesByName[claim.Value])
            .ToFrozenSet();

    public static TenantScope ReadScope(ClaimsPrincipal token)
    {
        var values = token.FindAll(Tenants)
            .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToArray();

        return values.Contains("*")
            ? TenantScope.All
            : TenantScope.Of(values.Where(value => TenantId.TryParse(value, null, out _)).Select(value => TenantId.Parse(value, null)));
    }
}
