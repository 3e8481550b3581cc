namespace Reanchor.GraphSimulator;

/// <summary>An entry of <c>onPremisesProvisioningErrors</c>; Graph knows the category <c>PropertyConflict</c> only.</summary>
public sealed record ProvisioningError
{
    public const string PropertyConflict = "PropertyConflict";

    public string Category { get; init; } = PropertyConflict;
    public DateTimeOffset OccurredDateTime { get; init; }

    /// <summary><c>UserPrincipalName</c> or <c>ProxyAddresses</c>.</summary>
    public required string PropertyCausingError { get; init; }

    public required string Value { get; init; }
}
