using Reanchor.Scanning;

namespace Reanchor.UnitTests.Scanning;

/// <summary>One user of the table: what is true of it, and what the classifier has to say.</summary>
/// <param name="Facts">What sets the user apart from a perfect candidate.</param>
/// <param name="Checks">The names of all rules that fail or cannot tell, in the order of their classes.</param>
/// <param name="Warnings">
/// How each warning starts, besides the one that every user with a partner gets: that AD overwrites attributes.
/// </param>
internal sealed record ClassificationRow(
    CaseFact[] Facts, Classification Classification, Prediction Prediction, string[] Checks, params string[] Warnings)
{
    public string Words => Facts.Length == 0 ? "nothing of note" : string.Join("; ", Facts.Select(f => f.Words));

    public ClassificationCase Case => Facts.Aggregate(CaseFacts.Ann, (c, fact) => fact.Change(c));
}
