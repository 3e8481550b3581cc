using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Sealing;

/// <summary>One tenant with a trail, its seals, and somebody who can write to the stores.</summary>
internal sealed class SealingWorld : IDisposable
{
    private readonly World _world = new();

    public TenantId Tenant => _world.Tenant.Id;

    public FakeTimeProvider Clock => _world.Clock;

    public InMemoryAuditTrail Trail => _world.Audit;

    public InMemorySealArchive Archive => _world.SealArchive;

    public InMemorySealRegister Register => _world.SealRegister;

    public T Get<T>()
        where T : notnull => _world.Get<T>();

    public void Dispose() => _world.Dispose();

    /// <summary>Something happens now, or <paramref name="ago"/> and is only told now.</summary>
    public async Task<AuditEntry> TellAsync(TimeSpan ago = default)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var header = new EventHeader(Tenant, Clock.GetUtcNow() - ago, Samples.Olga) { UserId = Guid.NewGuid(), Reason = "because" };
        await Trail.AppendAsync(new ProposalExpired(header), World.Cancellation);
        return Trail.Entries[^1];
    }

    public async Task TellAsync(int times)
    {
        for (var n = 0; n < times; n++)
        {
            await TellAsync();
        }
    }

    public Task<int> SealAsync()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return Get<SealTrailHandler>().HandleAsync(Tenant, World.Cancellation);
    }

    public Task<TrailVerification> VerifyAsync() => Get<VerifyTrailHandler>().HandleAsync(Tenant, World.Cancellation);

    /// <summary>What seals and verifies the same trail on a host with these keys.</summary>
    public (SealTrailHandler Seal, VerifyTrailHandler Verify) HostWith(string key, string previousKey = "")
    {
        var stamp = new AuditStamp(Options.Create(new AuditOptions { Key = key, PreviousKey = previousKey }));
        var review = new TrailReview(Trail, Archive, Register, stamp, Clock);
        return (
            new(review, Archive, Register, stamp, Clock, NullLogger<SealTrailHandler>.Instance),
            new(review, Get<ITrailCheckStore>(), Clock, NullLogger<VerifyTrailHandler>.Instance));
    }

    /// <summary>Somebody who can write to every store, but has no key, adds an event; and makes the next seal over it.</summary>
    public async Task<(AuditEntry Event, SealDocument Seal)> ForgeAsync()
    {
        var forged = Trail.Entries[0] with { Id = new('f', 32), Reason = "forged" };
        forged = forged with { Hash = forged.ComputeHash() };
        Trail.Tamper(forged);
        var last = (await SealsAsync())[^1].Seal;
        return (forged, SealDocument.Over([SealedEvent.Of(forged)], last with { Sequence = last.Sequence + 1, Previous = last.Hash }));
    }

    public async Task<IReadOnlyList<long>> RegisteredAsync() =>
        await Register.ListAsync(Tenant, World.Cancellation).Select(s => s.Sequence).ToListAsync(World.Cancellation);

    public async Task<IReadOnlyList<SealDocument>> SealsAsync() =>
        await Archive.ReadAsync(Tenant, World.Cancellation).Select(s => s.Document!).Reverse().ToListAsync(World.Cancellation);
}
