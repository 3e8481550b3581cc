using Reanchor.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.LocalHost.Identity;

/// <summary>What is wrong with a request for a local token.</summary>
public static class LocalTokenCheck
{
    private static readonly string[] RoleNames = Enum.GetNames<Role>();

    public static IReadOnlyList<ProblemError> Errors(LocalTokenRequest request) =>
        [.. NameErrors(request.Name), .. KindErrors(request.Kind), .. RoleErrors(request.Roles), .. TenantErrors(request.Tenants)];

    private static IEnumerable<ProblemError> NameErrors(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LocalTokenRequest.MaxNameLength || name.Any(char.IsControl))
        {
            yield return new($"name must be 1 to {LocalTokenRequest.MaxNameLength} printable characters.", "name");
        }
    }

    private static IEnumerable<ProblemError> KindErrors(ActorKind kind)
    {
        if (kind is not (ActorKind.Person or ActorKind.Application))
        {
            yield return new("kind must be person or application.", "kind");
        }
    }

    private static IEnumerable<ProblemError> RoleErrors(IReadOnlyList<string?>? roles)
    {
        if (roles is not { Count: > 0 })
        {
            yield return new($"roles must list at least one of {string.Join(", ", RoleNames)}.", "roles");
            yield break;
        }

        for (var i = 0; i < roles.Count; i++)
        {
            if (!RoleNames.Contains(roles[i], StringComparer.Ordinal))
            {
                yield return new($"'{roles[i]}' is not a role. Allowed: {string.Join(", ", RoleNames)}.", $"roles[{i}]");
            }
        }
    }

    private static IEnumerable<ProblemError> TenantErrors(IReadOnlyList<string?>? tenants)
    {
        if (tenants is not { Count: > 0 })
        {
            yield return new("tenants must list at least one tenant id, or * for all.", "tenants");
            yield break;
        }

        for (var i = 0; i < tenants.Count; i++)
        {
            if (tenants[i] is not "*" && !TenantId.TryParse(tenants[i], null, out _))
            {
                yield return new($"'{tenants[i]}' is neither a tenant id (a GUID with hyphens) nor *.", $"tenants[{i}]");
            }
        }
    }
}
