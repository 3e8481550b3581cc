namespace Reanchor.Adapters.Tables;

/// <summary>The tables, as named in Azure. docs/tables.md says what is in them.</summary>
public static class TableNames
{
    public const string Tenants = "ReanchorTenants";
    public const string Scans = "ReanchorScans";
    public const string Findings = "ReanchorFindings";
    public const string Proposals = "ReanchorProposals";
    public const string Inventories = "ReanchorInventories";
    public const string Poison = "ReanchorPoison";
    public const string Exceptions = "ReanchorExceptions";
    public const string Access = "ReanchorAccess";
    public const string CollectorKeys = "ReanchorCollectorKeys";
    public const string Batches = "ReanchorBatches";
    public const string Audit = "ReanchorAudit";
    public const string Seals = "ReanchorSeals";

    public static IReadOnlyList<string> All { get; } =
        [Tenants, Scans, Findings, Proposals, Inventories, Poison, Exceptions, Access, CollectorKeys, Batches, Audit, Seals];
}
