namespace Reanchor.GraphSimulator;

internal sealed record OnPremisesPart
{
    public static readonly OnPremisesPart None = new();

    public string? ImmutableId { get; init; }
    public bool? SyncEnabled { get; init; }
    public DateTimeOffset? LastSyncDateTime { get; init; }
    public string? SecurityIdentifier { get; init; }
    public string? SamAccountName { get; init; }
    public string? DistinguishedName { get; init; }
    public string? DomainName { get; init; }
    public string? UserPrincipalName { get; init; }
    public string? ObjectIdentifier { get; init; }
    public IReadOnlyList<ProvisioningError> ProvisioningErrors { get; init; } = [];
}
