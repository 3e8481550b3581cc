using Reanchor.Scanning;
using Reanchor.Scanning.Rules;
using static Reanchor.Diagnosis.DiagnosisCheck;

namespace Reanchor.Diagnosis;

/// <summary>Asks everything there is to ask, in the order in which a specialist would look.</summary>
internal static class DiagnosisChecks
{
    public const string UserExists = "userExists";
    public const string LeftoverAnchor = "leftoverAnchor";
    public const string AddressOwner = "addressOwner";
    public const string TenantSync = "tenantSync";
    public const string Inventories = "inventories";

    private static readonly Dictionary<string, Func<DiagnosisCase, DiagnosisCheck>> Own =
        new Dictionary<string, Func<DiagnosisCase, DiagnosisCheck>>
        {
            [UserExists] = Exists,
            [LeftoverAnchor] = Anchor,
            [AddressOwner] = Owner,
            [TenantSync] = Sync,
            [Inventories] = Inventory,
        };

    /// <summary>Names of rules and of the checks above. A rule that is missing here is asked at the end, so that none is lost.</summary>
    public static IReadOnlyList<string> Order { get; } =
    [
        UserExists, "stillSynced", Inventories, LeftoverAnchor, "foreignAnchor", "anchorInUse", "softDeletedHolder", "anchorDrifted",
        "partnerMissing", "nameNotMatched", "partnerAmbiguous", "partnerTaken", "partnerShared", AddressOwner, "duplicateInQuarantine", "federatedDomain",
        "cloudOnlyName", "cloudManaged", "authorityReverted", "givenBackToAd", "previouslySynced", "activeRole", "eligibleRole",
        "roleAssignableGroup", "eligibleForGroup", "protectedUser", "protectedGroup", "exceptedUser", "restrictedUnit", "guest",
        "syncAccount", "resourceMailbox", "twoMailboxes", "foreignObjectIdentifier", "expectedAnchorUnknown", "softMatchBlocked", TenantSync,
    ];

    public static IReadOnlyList<DiagnosisCheck> Of(DiagnosisCase c)
    {
        var rules = ClassificationRules.InOrder.ToDictionary(rule => rule.Name);

        return
        [
            .. Order.Concat(rules.Keys.Except(Order))
                .Where(name => Own.ContainsKey(name) || rules.ContainsKey(name))
                .Select(name => Own.TryGetValue(name, out var own) ? own(c) : RuleWords.Check(rules[name], c.Subject)),
        ];
    }

    private static DiagnosisCheck Exists(DiagnosisCase c) => Pass(
        UserExists, "The user exists", $"{c.User.DisplayName ?? c.User.UserPrincipalName}, {c.User.UserPrincipalName}, object id {c.User.Id}.");

    private static DiagnosisCheck Anchor(DiagnosisCase c)
    {
        const string Title = "The user carries no anchor of another account";

        if (c.User.Anchor is not { } anchor)
        {
            return Pass(LeftoverAnchor, Title, "onPremisesImmutableId is empty.");
        }

        var seen = $"onPremisesImmutableId is {anchor}" + (anchor.TryGetGuid(out var value) ? $", which is the GUID {value}." : ", which is no GUID.");

        return c.User.IsSynced
            ? Pass(LeftoverAnchor, Title, seen)
            : Fail(
                LeftoverAnchor, Title, seen,
                "Sync never matches by name a user that carries an anchor (ImmutableID). To sync, it belongs to the account with that anchor.",
                "The checks below say whether that account still exists. Only if it does not may the anchor be cleared.");
    }

    private static DiagnosisCheck Owner(DiagnosisCase c)
    {
        const string Title = "No other object has the user's name or address";
        var unread = new[] { c.Owners.Users.UnknownBecause, c.Owners.Groups.UnknownBecause, c.Owners.Contacts.UnknownBecause }.OfType<string>().ToList();
        var names = DiagnosisCase.Names(c.Subject);

        if (c.OtherOwners.Any())
        {
            return Fail(
                AddressOwner, Title,
                string.Join(' ', Sentences("user", c.Owners.Users).Concat(Sentences("group", c.Owners.Groups)).Concat(Sentences("contact", c.Owners.Contacts))),
                "An address belongs to one object. Sync reports the other owner as the conflict (ObjectTypeMismatch if it is a group or a contact).",
                "Take the address away from the object that shall not have it, where that object is managed; then run a sync.");
        }

        var deleted = c.Deleted is { IsKnown: true } known ? known.Value.Where(d => d.Id != c.User.Id && names.Any(d.Has)).ToList() : [];

        return unread.Count > 0
            ? DiagnosisCheck.Unknown(AddressOwner, Title, string.Join(' ', unread))
            : Pass(
                AddressOwner, Title,
                $"No other user, group or contact has {string.Join(" or ", names)}."
                + (deleted is [var one, ..] ? $" The deleted user {one.Id} had it, which is in nobody's way unless that user is restored." : ""));

        IEnumerable<string> Sentences(string kind, Reading<IReadOnlyList<AddressOwner>> owners) => owners.IsKnown
            ? owners.Value.Where(o => o.Id != c.User.Id).Select(o => $"The {kind} {o.Name} ({o.Id}) has {string.Join(" or ", names)}.")
            : [];
    }

    private static DiagnosisCheck Sync(DiagnosisCase c)
    {
        const string Title = "The tenant's sync runs";
        var sync = c.Subject.TenantFacts.Sync;

        return !sync.IsKnown ? DiagnosisCheck.Unknown(TenantSync, Title, $"The state of directory synchronisation could not be read: {sync.UnknownBecause}")
            : ScanLimits.SyncTrouble(c.Tenant.Policy, sync.Value, c.Now) is { } trouble
                ? Fail(TenantSync, Title, trouble, "Without a sync nothing is matched, whatever is done to the user.", "Get the sync running, and ask again.")
            : Pass(TenantSync, Title, $"The last sync was {sync.Value.LastSyncAt:u}.");
    }

    private static DiagnosisCheck Inventory(DiagnosisCase c)
    {
        const string Title = "What is in AD is known";

        return c.Subject.Inventory.IsKnown
            ? Pass(Inventories, Title, $"The inventories of {string.Join(", ", c.Collectors)} are fresh, and cover every forest of the tenant.")
            : DiagnosisCheck.Unknown(Inventories, Title, c.Subject.Inventory.UnknownBecause!);
    }
}
