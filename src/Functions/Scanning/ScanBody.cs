using Reanchor.Tenants;

namespace Reanchor.Functions.Scanning;

/// <param name="Mode">Left out, the tenant's own mode.</param>
public sealed record ScanBody(TenantMode? Mode = null);
