using System.Collections.Frozen;
using System.Security.Claims;
using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

/// <summary>Reads a validated token. Claim names are Entra's, of version 2; <see cref="Tenants"/> is Reanchor's own.</summary>
public static class TokenClaims
{
    public const string Name = "name";
    public const string Roles = "roles";
    public const string ObjectId = "oid";
    public const string Subject = "sub";

    /// <summary>The application that asked for the token. An ID token, which says nothing of access, has none.</summary>
    public const string Client = "azp";

    /// <summary>What a person lets the client do on their behalf. An application on its own has none.</summary>
    public const string DelegatedScopes = "scp";

    /// <summary><c>app</c> for an application on its own, <c>user</c> for a person; an optional claim that is often missing.</summary>
    public const string Kind = "idtyp";

    public const string ApplicationKind = "app";

    /// <summary><c>*</c>, or tenant ids as an array or separated by spaces. Believed from a local authority only.</summary>
    public const string Tenants = "reanchor_tenants";

    // By name alone: Enum.TryParse would take "2" for Approve.
    private static readonly FrozenDictionary<string, Role> RolesByName =
        Enum.GetValues<Role>().ToFrozenDictionary(role => role.ToString(), StringComparer.Ordinal);

    /// <returns><see langword="null"/> if the token names nobody, or leaves open whether it is a person or an application.</returns>
    public static Actor? ReadActor(ClaimsPrincipal token) =>
        ReadKind(token) is { } kind && Guid.TryParseExact(token.FindFirstValue(ObjectId), "D", out var id)
            ? new(kind, id.ToString("D"), token.FindFirstValue(Name) ?? id.ToString("D"), token.FindFirstValue("iss") ?? "")
            : null;

    /// <returns>The Entra directory that the caller belongs to; the empty id for a local token.</returns>
    public static Guid ReadDirectory(ClaimsPrincipal token) =>
        Guid.TryParseExact(token.FindFirstValue("tid"), "D", out var id) ? id : Guid.Empty;

    /// <summary>The ids of groups. Groups under a name are passed over: whoever may rename one could take another's place.</summary>
    public static IReadOnlyCollection<Guid> ReadGroups(ClaimsPrincipal token) =>
        [.. token.FindAll("groups").Where(claim => Guid.TryParseExact(claim.Value, "D", out _)).Select(claim => Guid.Parse(claim.Value))];

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

    // A person needs proof of one: a delegated token always carries scp. An application's has oid and sub alike, a person's never.
    private static ActorKind? ReadKind(ClaimsPrincipal token)
    {
        var idtyp = token.FindFirstValue(Kind);
        var delegated = !string.IsNullOrWhiteSpace(token.FindFirstValue(DelegatedScopes));
        var ofAnApplication = idtyp is ApplicationKind or null && token.FindFirstValue(ObjectId) == token.FindFirstValue(Subject);

        return string.IsNullOrEmpty(token.FindFirstValue(Client)) ? null
            : delegated && idtyp is not ApplicationKind ? ActorKind.Person
            : !delegated && ofAnApplication ? ActorKind.Application
            : null;
    }
}
