using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Reanchor.Access;
using Reanchor.Anchors;
using Reanchor.Approvals;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Exceptions;
using Reanchor.Inventories;
using Reanchor.Json;
using Reanchor.Poison;
using Reanchor.Preflight;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Sealing;
using Reanchor.Syncing;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests;

/// <summary>Core, composed as the hosts compose it, on doubles in memory; and the steps of the story that lead up to a test.</summary>
internal sealed class World : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly ServiceProvider _otherHost;

    public World()
    {
        Proposals = new(Clock);
        Breakers = new(Proposals);
        Writer
            .Setup(w => w.WriteAsync(It.IsAny<Tenant>(), It.IsAny<Guid>(), It.IsAny<SourceAnchor?>(), It.IsAny<CancellationToken>()))
            .Returns<Tenant, Guid, SourceAnchor?, CancellationToken>(Directory.WriteAsync);
        Writer
            .Setup(w => w.ClearObjectIdentifierAsync(It.IsAny<Tenant>(), It.IsAny<Guid>(), It.IsAny<CancellationToken>()))
            .Returns<Tenant, Guid, CancellationToken>(Directory.ClearObjectIdentifierAsync);

        Provisioner
            .Setup(p => p.ProvisionAsync(It.IsAny<Tenant>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ProvisioningAnswer(ProvisioningOutcome.NoJob, "none in this test"));

        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Audit:Key"] = Samples.AuditKey })
                .Build())
            .AddSingleton<TimeProvider>(Clock)
            .AddReanchorCore()
            .AddSingleton<ITenantStore>(Tenants)
            .AddSingleton<IScanStore>(Scans)
            .AddSingleton<IFindingStore>(Findings)
            .AddSingleton<IExceptionStore>(Exceptions)
            .AddSingleton<IAccessStore>(Access)
            .AddSingleton<ICollectorKeyStore>(CollectorKeys)
            .AddSingleton<IProposalStore>(Proposals)
            .AddSingleton<IBreakerStore>(Breakers)
            .AddSingleton<IInventoryStore>(new InMemoryInventoryStore())
            .AddSingleton<ICollectorSyncStore>(new InMemoryCollectorSyncStore())
            .AddSingleton<IInventoryArchive>(Archive)
            .AddSingleton<IAuditTrail>(Audit)
            .AddSingleton<IPoisonStore>(Poison)
            .AddSingleton<IBatchStore>(Batches)
            .AddSingleton(Workflow.Object)
            .AddSingleton(Callbacks.Object)
            .AddSingleton<ISealArchive>(SealArchive)
            .AddSingleton<ISealRegister>(SealRegister)
            .AddSingleton<ITrailCheckStore>(TrailChecks)
            .AddSingleton<ICommandQueue>(Queue)
            .AddSingleton<IDirectoryReader>(Directory)
            .AddSingleton(Applications.Object)
            .AddSingleton(Writer.Object)
            .AddSingleton(Provisioner.Object);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _otherHost = services.BuildServiceProvider();
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public FakeTimeProvider Clock { get; } = new(Samples.Now);

    public RecordingLog Log { get; } = new();

    public InMemoryTenantStore Tenants { get; } = new();

    public InMemoryScanStore Scans { get; } = new();

    public InMemoryFindingStore Findings { get; } = new();

    public InMemoryExceptionStore Exceptions { get; } = new();

    public InMemoryAccessStore Access { get; } = new();

    public InMemoryCollectorKeyStore CollectorKeys { get; } = new();

    public InMemoryProposalStore Proposals { get; }

    public InMemoryBreakerStore Breakers { get; }

    public InMemoryInventoryArchive Archive { get; } = new();

    public InMemoryAuditTrail Audit { get; } = new();

    public InMemoryPoisonStore Poison { get; } = new();

    public InMemoryBatchStore Batches { get; } = new();

    public Mock<IApprovalWorkflow> Workflow { get; } = new();

    public Mock<ICallbackClient> Callbacks { get; } = new();

    public ApprovalsOptions Approvals => Get<IOptionsMonitor<ApprovalsOptions>>().CurrentValue;

    public InMemorySealArchive SealArchive { get; } = new();

    public InMemorySealRegister SealRegister { get; } = new();

    public InMemoryTrailCheckStore TrailChecks { get; } = new();

    public InMemoryCommandQueue Queue { get; } = new();

    public FakeDirectory Directory { get; } = new();

    public Mock<IDirectoryApplications> Applications { get; } = new();

    /// <summary>Writes to <see cref="Directory"/>.</summary>
    public Mock<IAnchorWriter> Writer { get; } = new();

    /// <summary>A tenant without Cloud Sync, unless a test says otherwise.</summary>
    public Mock<IAccountProvisioner> Provisioner { get; } = new();

    public Tenant Tenant { get; private set; } = Samples.NewTenant();

    public ClearingOptions Clearing => Get<IOptionsMonitor<ClearingOptions>>().CurrentValue;

    public ScanOptions Scanning => Get<IOptions<ScanOptions>>().Value;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>As of another process on the same storage.</summary>
    public T GetElsewhere<T>()
        where T : notnull => _otherHost.GetRequiredService<T>();

    public void Dispose()
    {
        _otherHost.Dispose();
        _services.Dispose();
    }

    public async Task RegisterAsync(Func<Tenant, Tenant>? change = null)
    {
        Tenant = change?.Invoke(Tenant) ?? Tenant;
        await Get<RegisterTenantHandler>().HandleAsync(new(Tenant, Samples.Olga), Cancellation);
    }

    public async Task<InventoryRecord> UploadAsync(params DirectoryAccount[] accounts)
    {
        var result = await Get<AcceptInventoryHandler>().HandleAsync(
            new(Tenant.Id, Samples.Corp, new MemoryStream(Ndjson(accounts)), Gzip: false, Csv: null, Samples.Collector), Cancellation);

        Assert.Empty(result.Problems);
        return result.Record!;
    }

    /// <summary>A tenant that proposes, with its inventory, and Ann, a perfect candidate.</summary>
    public async Task GivenAnnAsync()
    {
        await RegisterAsync();
        await UploadAsync(Samples.AnnsAccount);
        Directory.Put(Tenant.Id, Samples.Ann);
    }

    public async Task<ScanTenant> RequestScanAsync(TenantMode? mode = null, Actor? requestedBy = null)
    {
        // Two scans never start at one instant.
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Get<RequestScanHandler>().HandleAsync(new(Tenant.Id, mode, requestedBy ?? Samples.Olga, null), Cancellation);
        return Assert.Single(Queue.Take<ScanTenant>());
    }

    public async Task<Scan> ScanAsync(TenantMode? mode = null, Actor? requestedBy = null)
    {
        var command = await RequestScanAsync(mode, requestedBy);
        await Get<ScanTenantHandler>().HandleAsync(command, Cancellation);
        return await ScanAsync(command.Scan);
    }

    public async Task<Scan> ScanAsync(ScanId scan) => (await Scans.FindAsync(Tenant.Id, scan, Cancellation))!.Item;

    public async Task<Proposal> GivenProposalAsync(Actor? requestedBy = null)
    {
        await GivenAnnAsync();
        await ScanAsync(requestedBy: requestedBy);
        await Get<ProposeClearHandler>().HandleAsync(Assert.Single(Queue.Take<ProposeClear>()), Cancellation);
        return await LatestAsync();
    }

    public async Task<Proposal> GivenApprovedAsync()
    {
        var proposal = await GivenProposalAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        var result = await DecideAsync(proposal, approve: true);
        Assert.Equal(DecisionOutcome.Recorded, result.Outcome);
        Queue.Take<ApplyClear>();
        return result.Proposal!;
    }

    public async Task<Proposal> GivenClearedAsync()
    {
        var proposal = await GivenApprovedAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ClearOutcome.Cleared, await ApplyAsync(proposal));
        Queue.Take<VerifyClear>();
        return await LatestAsync();
    }

    /// <summary>The next change of a proposal is stored, and the trail does not answer after it.</summary>
    public void LoseTheEventOfTheNextMove() =>
        Proposals.BeforeNextUpdate = () => Audit.BeforeNextAppend = _ => throw new IOException("the trail does not answer");

    public Task<DecisionResult> DecideAsync(Proposal proposal, bool approve, Actor? by = null, string? digest = null) =>
        Get<DecideProposalHandler>().HandleAsync(
            new(proposal.Tenant, proposal.Id, approve, digest ?? proposal.Digest, "checked", by ?? Samples.Anton), Cancellation);

    /// <summary>For a proposal that takes two approvals.</summary>
    public async Task<Proposal> ApproveByTwoAsync(Proposal proposal)
    {
        Assert.Equal(ProposalStatus.Pending, (await DecideAsync(proposal, approve: true, by: Samples.Amy)).Proposal!.Status);
        var result = await DecideAsync(proposal, approve: true);
        Assert.Equal(ProposalStatus.Approved, result.Proposal!.Status);
        return result.Proposal;
    }

    public Task<ClearOutcome> ApplyAsync(Proposal proposal) =>
        Get<ApplyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), Cancellation);

    public Task<ClearOutcome> ApplyElsewhereAsync(Proposal proposal) =>
        GetElsewhere<ApplyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), Cancellation);

    /// <summary>The newest proposal of a user, as it is stored now.</summary>
    public async Task<Proposal> LatestAsync(Guid? userId = null) =>
        (await Proposals.FindLatestAsync(Tenant.Id, userId ?? Samples.Ann.Id, Cancellation))!.Item;

    /// <summary>Someone else moves the proposal on, just before the next update of it.</summary>
    public void SomeoneElseMovesFirst(Func<Proposal, Proposal> move) => Proposals.BeforeNextUpdate = () =>
    {
        var found = Proposals.FindLatestAsync(Tenant.Id, Samples.Ann.Id, default).Result!;
        Proposals.TryUpdateAsync(found, move(found.Item), default);
    };

    public void AssertNothingWritten() => Writer.Verify(
        w => w.WriteAsync(It.IsAny<Tenant>(), It.IsAny<Guid>(), It.IsAny<SourceAnchor?>(), It.IsAny<CancellationToken>()),
        Times.Never);

    public void AssertClearedOnceOnTheTrail() => Assert.Equal(
        [nameof(ClearStarted), nameof(AnchorCleared)], Audit.Types.Where(t => t is nameof(ClearStarted) or nameof(AnchorCleared)));

    private byte[] Ndjson(DirectoryAccount[] accounts)
    {
        IEnumerable<object> lines =
        [
            new { Kind = "inventory", Version = 1, Forest = "corp.example", TakenAt = Clock.GetUtcNow().UtcDateTime },
            .. accounts.Select(a => new
            {
                a.ObjectGuid, a.ConsistencyGuid, a.CustomAnchor, a.Sid, a.UserPrincipalName, a.Mail, a.ProxyAddresses,
                a.SamAccountName, a.Enabled, a.Deleted, a.MailboxGuid, a.DistinguishedName,
            }),
            new { Kind = "end", Count = accounts.Length },
        ];

        return Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => JsonSerializer.Serialize(l, ReanchorJson.Options) + "\n")));
    }
}
