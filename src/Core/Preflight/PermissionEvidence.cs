using Reanchor.Scanning;

namespace Reanchor.Preflight;

/// <summary>All that speaks for or against a permission.</summary>
internal sealed record PermissionEvidence(TenantFacts Facts, DirectoryAccess Access);
