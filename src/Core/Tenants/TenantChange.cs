using Reanchor.Access;

namespace Reanchor.Tenants;

/// <summary>What somebody did to a tenant last; the audit event is told from it.</summary>
/// <param name="Before">The settings that it replaced; <see langword="null"/> when there were none, or when they still stand.</param>
/// <param name="IsRemoval">The tenant was taken off the list, with the settings that it had.</param>
public sealed record TenantChange(Actor By, DateTimeOffset At, Tenant? Before, bool IsRemoval = false);
