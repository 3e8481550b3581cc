using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Reanchor.Clearing;
using Reanchor.Functions.Http;
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

    /// <summary>Ignored, like <see cref="Quarantine"/>: what was read may be sent back, but brakes are changed at addresses of their own.</summary>
    public PauseSwitch? Pause { get; init; }

    public Quarantine? Quarantine { get; init; }

    public required string DisplayName { get; init; }

    public TenantMode Mode { get; init; } = TenantMode.Report;

    public Cloud Cloud { get; init; } = Cloud.Global;

    /// <summary><c>consistencyGuid</c>, <c>objectGuid</c>, or the LDAP name of another attribute.</summary>
    public string AnchorAttribute { get; init; } = Reanchor.Tenants.AnchorAttribute.ConsistencyGuid.ToString();

    public IReadOnlyList<CollectorId> Collectors { get; init; } = [];

    public TenantPolicy Policy { get; init; } = TenantPolicy.Default;

    public bool Enabled { get; init; } = true;

    public Tenant ToTenant(TenantId id) => new()
    {
        Id = id,
        DisplayName = DisplayName.Trim(),
        Mode = Mode,
        Cloud = Cloud,
        AnchorAttribute = Reanchor.Tenants.AnchorAttribute.Parse(AnchorAttribute, null),
        Collectors = Collectors,
        Policy = Policy,
        Enabled = Enabled,
        ChangedAt = default,
    };

    /// <returns>What is wrong, naming the member as it is written in JSON; empty when nothing is.</returns>
    public IEnumerable<ProblemError> Check(TenantId id)
    {
        if (TenantId is { } given && given != id)
        {
            yield return new("tenantId must be the one in the address.", "tenantId");
        }

        if (string.IsNullOrWhiteSpace(DisplayName) || DisplayName.Trim().Length > 256)
        {
            yield return new("displayName must have 1 to 256 characters.", "displayName");
        }

        // Before an attribute had to be named, "custom" stood for any.
        if (!Reanchor.Tenants.AnchorAttribute.TryParse(AnchorAttribute, null, out _)
            || AnchorAttribute.Equals("custom", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(
                "anchorAttribute must be consistencyGuid, objectGuid, or the LDAP name of the attribute that sync makes the anchor from, "
                + "such as employeeID.",
                "anchorAttribute");
        }

        if (Collectors is null || Collectors.Contains(null!) || Collectors.Distinct().Count() != Collectors.Count || Collectors.Count > 100)
        {
            yield return new("collectors must be a list of at most 100 ids, each once.", "collectors");
        }

        if (Policy is null)
        {
            yield return new("policy must be an object, or be left out.", "policy");
            yield break;
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(Policy, new(Policy), results, validateAllProperties: true);

        foreach (var result in results)
        {
            var name = result.MemberNames.Single();
            var member = JsonNamingPolicy.CamelCase.ConvertName(name);
            yield return new(result.ErrorMessage!.Replace(name, member, StringComparison.Ordinal), $"policy.{member}");
        }
    }
}
