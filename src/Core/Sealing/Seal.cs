using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reanchor.Json;
using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>What is vouched for: so many events with this root, following on the seal before.</summary>
public sealed record Seal
{
    [JsonConverter(typeof(TenantOrNoneConverter))]
    public required TenantId Tenant { get; init; }

    /// <summary>Counted from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>The hash of the seal before; empty for the first.</summary>
    public required string Previous { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>Every event of this seal and of those before is older. Never goes back.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When the whole trail was last looked through, and not only its recent part.</summary>
    public required DateTimeOffset SweptAt { get; init; }

    public required int Count { get; init; }

    /// <summary>The root of <see cref="MerkleTree"/> over the events, newest first, hex.</summary>
    public required string Root { get; init; }

    /// <summary>SHA-256 over everything above, hex.</summary>
    public string Hash { get; init; } = "";

    public string ComputeHash() => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Hash = "" }, ReanchorJson.Options)));
}

/// <summary>A seal with the events that it covers, newest first: what the write-once container keeps.</summary>
public sealed record SealDocument(Seal Seal, IReadOnlyList<SealedEvent> Events)
{
    /// <summary>So many events at most, so that a seal is read and written in one piece.</summary>
    public const int MaxEvents = 10_000;

    /// <param name="terms">The seal but for what follows from the events and from itself.</param>
    public static SealDocument Over(IReadOnlyList<SealedEvent> events, Seal terms)
    {
        var seal = terms with { Count = events.Count, Root = RootOf(events) };
        return new(seal with { Hash = seal.ComputeHash() }, events);
    }

    /// <summary>Whether it is, in itself, as it was made.</summary>
    public bool IsWhole() => Seal is not null && Events is not null
        && Seal.Count == Events.Count
        && Seal.Hash == Seal.ComputeHash()
        && Seal.Root == RootOf(Events)
        && Events.All(e => e.At < Seal.Until);

    private static string RootOf(IReadOnlyList<SealedEvent> events) =>
        Convert.ToHexStringLower(MerkleTree.Root([.. events.Select(e => e.LeafData())]));
}
