using System.Security.Cryptography;
using System.Text.Json;
using Reanchor.Json;

namespace Reanchor.Proposals;

/// <summary>
/// Binds an approval to what the approver saw: SHA-256 over the tenant, the user, every on-premises value that a clear can cost
/// and the evidence, as canonical JSON.
/// </summary>
public static class ProposalDigest
{
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(Proposal proposal)
    {
        // Members stand in this fixed order and dictionaries are sorted, so equal content has equal bytes.
        var content = new
        {
            proposal.Tenant,
            proposal.UserId,
            proposal.Anchor,
            proposal.OnPremisesSyncEnabled,
            proposal.OnPremises,
            Partner = proposal.Evidence.Partner is { } partner ? partner with { DistinguishedName = null } : null,
            proposal.Evidence.ExpectedAnchor,
            proposal.Evidence.Prediction,
            InventoryVersions = new SortedDictionary<string, string>(
                proposal.Evidence.InventoryVersions.ToDictionary(), StringComparer.Ordinal),
        };

        return proposal.Kind is ProposalKind.ClearAnchor ? Of(content) : Of(new { proposal.Kind, content });
    }

    private static string Of<T>(T content) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, ReanchorJson.Options)));
}
