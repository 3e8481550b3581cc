namespace Reanchor.Scanning;

/// <summary>What was gathered of one user, before it is judged.</summary>
/// <param name="InventoryVersions">Versions of the inventories that were read, by collector; empty when none proved anything.</param>
/// <param name="ImportedBy">Ids of those who handed these inventories in, each once.</param>
/// <param name="Before">What an earlier scan found of the user; <see langword="null"/> when none did.</param>
public sealed record GatheredEvidence(
    ClassificationCase Case, IReadOnlyDictionary<string, string> InventoryVersions, IReadOnlyList<string> ImportedBy, Finding? Before);
