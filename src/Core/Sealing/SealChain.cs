using System.Globalization;
using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>Reads a tenant's seals newest first, and holds each against the one after it and against the register.</summary>
internal sealed class SealChain(
    TenantId tenant, IAsyncEnumerator<StoredSeal> seals, IAsyncEnumerator<RegisteredSeal> register, AuditStamp stamp, DateTimeOffset now)
    : IAsyncDisposable
{
    private readonly List<ReviewedItem> _faults = [];
    private Seal? _newer;
    private string? _followed;
    private long? _expected;
    private bool _registerHasMore;

    /// <summary>The seal to compare events with; <see langword="null"/> before the first and after the last.</summary>
    public SealDocument? Current { get; private set; }

    /// <summary>The newest one that is whole and genuine.</summary>
    public Seal? Newest { get; private set; }

    public int Count { get; private set; }

    public async Task MoveNextAsync()
    {
        Current = null;

        if (_expected is null)
        {
            _registerHasMore = await register.MoveNextAsync();
        }

        while (Current is null && await seals.MoveNextAsync())
        {
            await CheckAsync(seals.Current);
        }

        if (Current is null)
        {
            Expect(0);
        }
    }

    /// <summary>What was found wrong since the last call.</summary>
    public IReadOnlyList<ReviewedItem> TakeFaults()
    {
        ReviewedItem[] faults = [.. _faults];
        _faults.Clear();
        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        await seals.DisposeAsync();
        await register.DisposeAsync();
    }

    private async Task CheckAsync(StoredSeal stored)
    {
        Count++;
        Expect(stored.Sequence);
        var registered = await FindRegisteredAsync(stored.Sequence);

        if (stored.Document is not { } document || !document.IsWholeAs(tenant, stored.Sequence))
        {
            Fault(ReviewKind.SealChanged, stored.Sequence, "It is not as it was written; the events that it covers cannot be held against it.");
            _newer = null;
            return;
        }

        var seal = document.Seal;

        // Anybody can compute a seal's hash. What is not ours says nothing about events, nor about the seals before it.
        if (!seal.IsGenuine(stamp, _followed))
        {
            Fault(ReviewKind.SealInserted, seal.Sequence, "No key that is known stamped it, and no genuine seal follows on it: somebody else "
                + "wrote it, or its key was taken away before another seal followed. What it covers counts as not sealed.");
            _newer = null;
            return;
        }

        if (seal.IsAhead(now))
        {
            Fault(ReviewKind.SealChanged, seal.Sequence, string.Create(
                CultureInfo.InvariantCulture, $"It bears a date that is still to come: until {seal.Until:u}, swept at {seal.SweptAt:u}."));
        }

        // The newest one's entry may not be there yet: the seal is written first.
        if (registered is null && Count > 1)
        {
            Fault(ReviewKind.SealRemoved, seal.Sequence, "Its entry in the register of seals is missing.");
        }
        else if (registered is not null && registered != seal.Hash)
        {
            Fault(ReviewKind.SealChanged, seal.Sequence, "It is not the one in the register of seals.");
        }

        if (_newer is not null && (_newer.Previous != seal.Hash || _newer.Until < seal.Until))
        {
            Fault(ReviewKind.SealChanged, seal.Sequence, $"Seal {_newer.Sequence} follows on another one.");
        }

        _newer = seal;
        _followed = seal.Previous;
        Newest ??= seal;
        Current = document;
    }

    /// <summary>Whatever lies between the seal read last and this one is missing; 0 for the end.</summary>
    private void Expect(long sequence)
    {
        var expected = _expected ?? (_registerHasMore ? Math.Max(register.Current.Sequence, sequence) : sequence);

        if (sequence < expected)
        {
            var which = sequence + 1 == expected ? "It is" : string.Create(CultureInfo.InvariantCulture, $"It and all down to {sequence + 1} are");
            Fault(ReviewKind.SealRemoved, expected, $"{which} missing; the events that were covered cannot be held against a seal.");
            _newer = null;
        }

        _expected = Math.Max(0, sequence - 1);
    }

    private async Task<string?> FindRegisteredAsync(long sequence)
    {
        while (_registerHasMore && register.Current.Sequence > sequence)
        {
            _registerHasMore = await register.MoveNextAsync();
        }

        return _registerHasMore && register.Current.Sequence == sequence ? register.Current.Hash : null;
    }

    private void Fault(ReviewKind kind, long sequence, string detail) =>
        _faults.Add(new(kind, null, string.Create(CultureInfo.InvariantCulture, $"seal {sequence}"), detail));
}
