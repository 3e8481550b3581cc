using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reanchor.Auditing;
using Reanchor.Json;
using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>What is vouched for: so many events with this root, following on the seal before.</summary>
public sealed record Seal
{
    /// <summary>How far the clocks of two hosts, or of one before and after it is set, may be apart.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

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

    /// <summary>What <see cref="AuditStamp"/> put on the hash: anybody can compute that, this takes the key.</summary>
    public string Stamp { get; init; } = "";

    public string ComputeHash() => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Hash = "", Stamp = "" }, ReanchorJson.Options)));

    /// <summary>
    /// Whether Reanchor wrote it: its stamp is of a key that is still known, or a later seal, itself genuine, follows on it. So a seal
    /// outlives its key, and one that somebody else added is never believed.
    /// </summary>
    /// <param name="followed">The hash that the genuine seal after it follows on; <see langword="null"/> for the newest.</param>
    public bool IsGenuine(AuditStamp stamp, string? followed) => stamp.Fits(this) || Hash == followed;

    /// <summary>Whether it claims what is still to come. Nothing would be sealed, or looked through, until then.</summary>
    public bool IsAhead(DateTimeOffset now) => Until > now + ClockTolerance || SweptAt > now + ClockTolerance;
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
        && Events.All(e => e is not null && e.At < Seal.Until)
        && Seal.Root == RootOf(Events);

    /// <summary>Whether it is whole and in its place: a genuine seal under another number, or of another tenant, is none.</summary>
    public bool IsWholeAs(TenantId tenant, long sequence) => IsWhole() && Seal.Tenant == tenant && Seal.Sequence == sequence;

    private static string RootOf(IReadOnlyList<SealedEvent> events) =>
        Convert.ToHexStringLower(MerkleTree.Root([.. events.Select(e => e.LeafData())]));
}
