using Reanchor.Anchors;

namespace Reanchor.Scanning;

/// <summary>What the account that would match is known by in the directory.</summary>
/// <param name="ExpectedAnchor">The anchor that the match would write.</param>
/// <param name="Names">Its UPN and its primary address, those that it has.</param>
public sealed record PartnerKeys(SourceAnchor ExpectedAnchor, IReadOnlyList<string> Names)
{
    /// <returns><see langword="null"/> without a partner, with more than one, or when its anchor cannot be told.</returns>
    public static PartnerKeys? Of(ClassificationCase subject) =>
        subject.Inventory is { IsKnown: true, Value.Partners: [{ Account: var account }] }
        && account.ExpectedAnchor(subject.Tenant.AnchorAttribute) is { } anchor
            ? new(anchor, [.. new[] { account.UserPrincipalName, account.PrimarySmtpAddress }.OfType<string>().Distinct()])
            : null;
}

/// <summary>Which live users have a claim to the account that would match. The user in question may be among them.</summary>
public sealed record PartnerClaims
{
    public static PartnerClaims None { get; } = new()
    {
        AnchorHolders = Reading.Known<IReadOnlyList<Guid>>([]),
        NameHolders = Reading.Known<IReadOnlyList<Guid>>([]),
    };

    /// <summary>Users with the expected anchor: sync matches an account once, and has matched it to them.</summary>
    public required Reading<IReadOnlyList<Guid>> AnchorHolders { get; init; }

    /// <summary>Users that sign in with one of the account's names or have it among their addresses.</summary>
    public required Reading<IReadOnlyList<Guid>> NameHolders { get; init; }
}
