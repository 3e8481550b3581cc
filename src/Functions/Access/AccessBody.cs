using Reanchor.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

/// <summary>What an administrator sends to say where somebody may use their roles.</summary>
public sealed record AccessBody
{
    public const string AllTenants = "*";

    private const int MaxTenants = 1000;

    public required PrincipalKind Kind { get; init; }

    /// <summary>Tenant ids, or <c>*</c> alone for all.</summary>
    public required IReadOnlyList<string?> Tenants { get; init; }

    public required string Reason { get; init; }

    /// <summary>The Entra directory that the object id belongs to; left out, that of <c>Access__Authority</c>.</summary>
    public Guid? DirectoryId { get; init; }

    public bool IsForAllTenants => Tenants is [AllTenants];

    /// <summary>In the order given, each once. Call <see cref="Check"/> first.</summary>
    public IReadOnlyList<TenantId> TenantIds =>
        IsForAllTenants ? [] : [.. Tenants.Select(tenant => TenantId.Parse(tenant!, null)).Distinct()];

    /// <returns>What is wrong, naming the member; empty when nothing is.</returns>
    public IEnumerable<ProblemError> Check(AccessOptions access)
    {
        if (ReasonText.Check(Reason) is { } badReason)
        {
            yield return new(badReason, "reason");
        }

        if (!IsForAllTenants && Tenants is not { Count: > 0 and <= MaxTenants })
        {
            yield return new($"tenants must list 1 to {MaxTenants} tenant ids, or * alone for all. To take access back, delete it.", "tenants");
        }

        for (var i = 0; i < Tenants?.Count && !IsForAllTenants; i++)
        {
            if (!TenantId.TryParse(Tenants[i], null, out _))
            {
                yield return new($"'{Tenants[i]}' is not a tenant id, a GUID such as 00000000-0000-0000-0000-000000000001.", $"tenants[{i}]");
            }
        }

        if ((DirectoryId ?? access.Directory) is not { } directory)
        {
            yield return new("directoryId is needed: LocalHost signs people in here, so no directory is theirs.", "directoryId");
        }
        else if (!access.IsLocalAuthority && !access.Issuers.ContainsKey(directory))
        {
            yield return new(
                $"Nobody can sign in from directory {directory}. Add it to {AccessOptions.Section}__{nameof(AccessOptions.AllowedTenants)} first.", "directoryId");
        }
    }
}
