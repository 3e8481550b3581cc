namespace Reanchor.Functions.Auditing;

/// <summary>What the audit trail can be had as. Only JSON comes in pages.</summary>
public enum AuditFormat
{
    Json,
    Ndjson,
    Csv,
}
