using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reanchor.Access;
using Reanchor.Json;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Auditing;

/// <summary>An event as the trail keeps it.</summary>
public sealed record AuditEntry
{
    /// <summary>The type of an entry that stands for a row that cannot be read any more.</summary>
    public const string Unreadable = "UnreadableRow";

    public required string Id { get; init; }

    public required string Type { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Actor Actor { get; init; }

    /// <summary>The empty id for what names no tenant.</summary>
    [JsonConverter(typeof(TenantOrNoneConverter))]
    public required TenantId Tenant { get; init; }

    public Guid? UserId { get; init; }

    public ProposalId? Proposal { get; init; }

    public ScanId? Scan { get; init; }

    public string? Reason { get; init; }

    /// <summary>What is particular to the type, as a JSON object.</summary>
    public required JsonElement Details { get; init; }

    /// <summary>SHA-256 over everything above, hex.</summary>
    public string Hash { get; init; } = "";

    /// <summary>What <see cref="AuditStamp"/> put on it; not part of the hash.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stamp { get; init; }

    public static AuditEntry Of(AuditEvent auditEvent)
    {
        var entry = new AuditEntry
        {
            Id = auditEvent.Id,
            Type = auditEvent.Type,
            At = auditEvent.Header.At,
            Actor = auditEvent.Header.Actor,
            Tenant = auditEvent.Header.Tenant,
            UserId = auditEvent.Header.UserId,
            Proposal = auditEvent.Header.Proposal,
            Scan = auditEvent.Header.Scan,
            Reason = auditEvent.Header.Reason,
            Details = JsonSerializer.SerializeToElement(auditEvent, auditEvent.GetType(), ReanchorJson.Options),
        };

        return entry with { Hash = entry.ComputeHash() };
    }

    /// <summary>The hash that the content calls for; another one than <see cref="Hash"/> shows a change.</summary>
    public string ComputeHash() => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Hash = "", Stamp = null }, ReanchorJson.Options)));
}
