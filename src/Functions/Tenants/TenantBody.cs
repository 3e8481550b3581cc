using System.ComponentModel.DataAnnotations;
using Reanchor.Tenants;

namespace Reanchor.Functions.Tenants;

/// <summary>
/// What an administrator sends to register or change a tenant. What is left out takes its default, so a change starts from what
/// was read: an answer may be sent back whole.
/// </summary>
public sealed record TenantBody
{
    /// <summary>If given, the one in the address.</summary>
    public TenantId? TenantId { get; init; }

    /// <summary>If given, as it was read: a tenant that someone else has changed since is left as it is.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    public required string DisplayName { get; init; }

    public TenantMode Mode { get; init; } = TenantMode.Report;

    public Cloud Cloud { get; init; } = Cloud.Global;

    public AnchorAttributeKind AnchorAttribute { get; init; } = AnchorAttributeKind.ConsistencyGuid;

    public IReadOnlyList<CollectorId> Collectors { get; init; } = [];

    public TenantPolicy Policy { get; init; } = TenantPolicy.Default;

    public bool Enabled { get; init; } = true;

    public Tenant ToTenant(TenantId id) => new()
    {
        Id = id,
        DisplayName = DisplayName.Trim(),
        Mode = Mode,
        Cloud = Cloud,
        AnchorAttribute = AnchorAttribute,
        Collectors = Collectors,
        Policy = Policy,
        Enabled = Enabled,
        ChangedAt = default,
    };

    /// <returns>What is wrong, naming the member; empty when nothing is.</returns>
    public IEnumerable<string> Check(TenantId id)
    {
        if (TenantId is { } given && given != id)
        {
            yield return "tenantId must be the one in the address.";
        }

        if (string.IsNullOrWhiteSpace(DisplayName) || DisplayName.Trim().Length > 256)
        {
            yield return "displayName must have 1 to 256 characters.";
        }

        if (Collectors is null || Collectors.Contains(null!) || Collectors.Distinct().Count() != Collectors.Count || Collectors.Count > 100)
        {
            yield return "collectors must be a list of at most 100 ids, each once.";
        }

        if (Policy is null)
        {
            yield return "policy must be an object, or be left out.";
            yield break;
        }

        if (Policy.ProtectedUserIds is null)
        {
            yield return "policy: protectedUserIds must be a list, or be left out.";
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(Policy, new(Policy), results, validateAllProperties: true);

        foreach (var result in results)
        {
            yield return $"policy: {result.ErrorMessage}";
        }
    }
}
