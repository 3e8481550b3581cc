using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Diagnosis;

/// <summary>Everything that was read about a live user that somebody asks about.</summary>
internal sealed record DiagnosisCase
{
    public required ClassificationCase Subject { get; init; }

    public required Assessment Assessment { get; init; }

    /// <summary>The collectors whose inventories were read.</summary>
    public required IReadOnlyList<string> Collectors { get; init; }

    /// <summary>Live objects with the user's, or its partner's, name or primary address; the user itself among them.</summary>
    public required AddressOwners Owners { get; init; }

    public required Reading<IReadOnlyList<DeletedUser>> Deleted { get; init; }

    /// <summary>The newest one of the user.</summary>
    public required Proposal? Proposal { get; init; }

    public required DateTimeOffset Now { get; init; }

    public CloudUser User => Subject.User;

    public Tenant Tenant => Subject.Tenant;

    /// <summary>The one AD account that would match; <see langword="null"/> when there is none, more than one, or nothing is known.</summary>
    public ListedAccount? Account => Subject.Inventory is { IsKnown: true, Value.Partners: [var only] } ? only : null;

    /// <summary>The user is itself the second one that sync made; <see langword="null"/> otherwise.</summary>
    public QuarantinedDuplicate? OwnQuarantine => Subject.TenantFacts.Duplicates is { IsKnown: true } duplicates
        ? duplicates.Value.FirstOrDefault(d => d.UserId == User.Id)
        : null;

    public IEnumerable<AddressOwner> OtherOwners =>
        new[] { Owners.Users, Owners.Groups, Owners.Contacts }.Where(r => r.IsKnown).SelectMany(r => r.Value).Where(o => o.Id != User.Id);

    /// <summary>The names that sync compares, the user's and its account's.</summary>
    public static IReadOnlyList<string> Names(ClassificationCase subject)
    {
        var account = subject.Inventory is { IsKnown: true, Value.Partners: [var only] } ? only.Account : null;

        return
        [
            .. new[] { subject.User.UserPrincipalName, subject.User.PrimarySmtpAddress, account?.UserPrincipalName, account?.PrimarySmtpAddress }
                .Where(name => !string.IsNullOrEmpty(name))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name => name!),
        ];
    }
}
