namespace Reanchor.Tenants;

/// <summary>Stored by name.</summary>
public enum TenantMode
{
    /// <summary>Scan and classify, propose nothing. Every tenant starts here.</summary>
    Report,

    /// <summary>Candidates become proposals. Set by an administrator.</summary>
    Propose,
}
