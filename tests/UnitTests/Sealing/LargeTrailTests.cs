using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Sealing;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Sealing;

/// <summary>Alone, because the memory that is watched is the whole process's.</summary>
[Collection(nameof(LargeTrailTests))]
[CollectionDefinition(nameof(LargeTrailTests), DisableParallelization = true)]
public sealed class LargeTrailTests
{
    private const int Events = 100_000;
    private const long MaxGrowth = 20L * 1024 * 1024;

    private readonly TenantId _tenant = Samples.NewTenantId();
    private readonly InMemorySealArchive _archive = new();
    private readonly InMemorySealRegister _register = new();

    [Fact]
    public async Task HandleAsync_HundredThousandEvents_AreVerifiedInBoundedMemory()
    {
        var trail = new EndlessTrail(_tenant, Events);
        var clock = new FakeTimeProvider(Samples.Now);
        var review = new TrailReview(trail, _archive, _register, Samples.AuditStamp, clock);
        var seal = new SealTrailHandler(
            review, _archive, _register, Samples.AuditStamp, clock, NullLogger<SealTrailHandler>.Instance);
        var verify = new VerifyTrailHandler(review, new InMemoryTrailCheckStore(), clock, NullLogger<VerifyTrailHandler>.Instance);
        Assert.Equal(Events, await seal.HandleAsync(_tenant, World.Cancellation));
        trail.StartWatching();

        var found = await verify.HandleAsync(_tenant, World.Cancellation);

        Assert.True(found is { Intact: true, Events: Events, NotYetSealed: 0 });
        Assert.Equal(Events / SealDocument.MaxEvents, found.Seals);
        Assert.True(trail.Growth < MaxGrowth, $"Memory grew by {trail.Growth >> 20} MB.");

        trail.Without = Events / 2;
        var cut = await verify.HandleAsync(_tenant, World.Cancellation);
        Assert.Equal(ReviewKind.EventRemoved, Assert.Single(cut.Faults).Kind);
    }

    /// <summary>Makes each event up when it is read, and watches the memory in use meanwhile.</summary>
    private sealed class EndlessTrail(TenantId tenant, int events) : IAuditTrail
    {
        private const int WatchEvery = 5_000;
        private long? _before;
        private long _most;

        public int? Without { get; set; }

        public long Growth => _most - _before!.Value;

        public void StartWatching() => _before = _most = GC.GetTotalMemory(forceFullCollection: true);

        public async IAsyncEnumerable<AuditRow> ReadAsync(
            TenantId of, DateTimeOffset? from, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;

            for (var n = events - 1; n >= 0; n--)
            {
                var at = Samples.Now.AddSeconds(n - events);

                if (_before is not null && n % WatchEvery == 0)
                {
                    _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: true));
                }

                if (n != Without && !(at < from))
                {
                    var entry = Samples.AuditStamp.Put(AuditEntry.Of(new ProposalExpired(new(of, at, Samples.Olga) { Reason = "because" })));
                    yield return new("", EventKey.Of(entry), entry);
                }
            }
        }

        public Task AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Page<AuditEntry>> ListAsync(AuditQuery query, int top, string? continuation, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<TenantId> ListTenantsAsync(CancellationToken cancellationToken) => new[] { tenant }.ToAsyncEnumerable();
    }
}
