using System.Diagnostics.CodeAnalysis;

namespace Reanchor.Inventories;

/// <summary>What became of an upload: an inventory, or the reasons why it is none.</summary>
public sealed record InventoryIntakeResult
{
    [MemberNotNullWhen(true, nameof(Header), nameof(Count), nameof(Tally), nameof(Version))]
    public bool IsAccepted => Refusal is null;

    /// <summary>Of a refused upload too, when its header could be read.</summary>
    public InventoryHeader? Header { get; private init; }

    /// <summary>Accounts listed, deleted ones included; <see langword="null"/> when the upload was not read to its end.</summary>
    public int? Count { get; private init; }

    /// <summary>
    /// <see langword="null"/> when the upload was not read to its end. A line that could not be understood counts as a live account
    /// with an anchor, so that what is wrong with it is not told twice.
    /// </summary>
    public InventoryTally? Tally { get; private init; }

    /// <inheritdoc cref="InventoryEnd.DeletedRead"/>
    public bool? DeletedRead { get; private init; }

    /// <summary>SHA-256 of the normalised text, in lower-case hex.</summary>
    public string? Version { get; private init; }

    public InventoryRefusal? Refusal { get; private init; }

    /// <summary>In the order of their lines; empty when accepted.</summary>
    public IReadOnlyList<InventoryProblem> Problems { get; private init; } = [];

    internal static InventoryIntakeResult Accepted(InventoryHeader header, InventoryEnd end, InventoryTally tally, string version) =>
        new() { Header = header, Count = end.Count, Tally = tally, DeletedRead = end.DeletedRead, Version = version };

    internal static InventoryIntakeResult Refused(
        InventoryRefusal refusal,
        InventoryHeader? header,
        int? count,
        InventoryTally? tally,
        IReadOnlyList<InventoryProblem> problems) =>
        new() { Refusal = refusal, Header = header, Count = count, Tally = tally, Problems = problems };
}
