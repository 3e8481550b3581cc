namespace Reanchor.Scanning.Rules;

public enum RuleOutcome
{
    Pass,

    /// <summary>The rule speaks against a clear.</summary>
    Fail,

    /// <summary>The rule could not be checked, which speaks against a clear as well.</summary>
    Unknown,
}

/// <summary>What one rule says of one user.</summary>
/// <param name="Classification">The class that the user gets from it; <see langword="null"/> when it passes.</param>
/// <param name="Seen">What was seen, or why nothing was, in words for a person.</param>
public sealed record RuleVerdict(RuleOutcome Outcome, Classification? Classification, string Seen)
{
    public static RuleVerdict Pass(string seen) => new(RuleOutcome.Pass, null, seen);

    public static RuleVerdict Fail(Classification classification, string reason) => new(RuleOutcome.Fail, classification, reason);

    public static RuleVerdict Unknown(string because) =>
        new(RuleOutcome.Unknown, Scanning.Classification.EvidenceInsufficient, because);

    /// <summary>The only way for a rule to what was read: what is unknown is never taken for "no".</summary>
    /// <param name="what">What was to be read, as the start of a sentence: "Deleted users".</param>
    internal static RuleVerdict Given<T>(Reading<T> reading, string what, Func<T, RuleVerdict> judge) =>
        reading.IsKnown ? judge(reading.Value) : Unknown($"{what} could not be read: {reading.UnknownBecause}");

    internal static RuleVerdict GivenInventory(ClassificationCase c, Func<InventoryEvidence, RuleVerdict> judge) =>
        c.Inventory.IsKnown ? judge(c.Inventory.Value) : Unknown(c.Inventory.UnknownBecause!);

    /// <summary>For a rule about the one account that would match. Other rules speak when there is none, or more than one.</summary>
    internal static RuleVerdict GivenPartner(ClassificationCase c, Func<ListedAccount, RuleVerdict> judge) =>
        GivenInventory(c, evidence => evidence.Partners is [var partner] ? judge(partner) : Pass("There is no single partner to look at."));
}
