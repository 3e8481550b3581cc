using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Maintenance;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Access;

public sealed class CollectorKeyTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Issue_ExpectedCollector_GivesAKeyThatIsStoredHashed()
    {
        await _world.RegisterAsync();

        var key = await IssueAsync();

        Assert.True(CollectorKey.TryParse(key.Text, out var parsed));
        Assert.Equal((_world.Tenant.Id, Samples.Corp), (parsed.Tenant, parsed.Collector));
        var stored = (await _world.CollectorKeys.FindAsync(_world.Tenant.Id, Samples.Corp, World.Cancellation))!.Item;
        Assert.Equal(key.Hash, stored.Current!.Hash);
        Assert.DoesNotContain(key.Text[^64..], stored.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(CollectorKeyIssued), _world.Audit.Types);
        Assert.DoesNotContain(_world.Audit.Entries, e => e.Details.ToString().Contains(key.Hash, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Issue_CollectorThatTheTenantDoesNotExpect_IsRefused()
    {
        await _world.RegisterAsync();

        var result = await _world.Get<IssueCollectorKeyHandler>().HandleAsync(
            new(_world.Tenant.Id, CollectorId.Parse("other", null), Samples.Olga), World.Cancellation);

        Assert.Equal(IssueCollectorKeyOutcome.NotExpected, result.Outcome);
        Assert.Null(result.Key);
    }

    [Fact]
    public async Task Check_Key_IsTheCollectorAndNobodyElse()
    {
        await _world.RegisterAsync();
        var key = await IssueAsync();

        var caller = await CheckAsync(key);

        Assert.Equal((ActorKind.Application, $"{_world.Tenant.Id}/corp", "collector key"), (caller!.Actor.Kind, caller.Actor.Id, caller.Actor.AuthenticatedBy));
        Assert.Equal([Role.Upload], caller.Roles);
        Assert.Equal([_world.Tenant.Id], caller.Scope.Tenants);
        Assert.Equal(Samples.Corp, caller.Collector);
    }

    [Fact]
    public async Task Check_TenantNoLongerExpectsTheCollector_IsNobody()
    {
        await _world.RegisterAsync();
        var key = await IssueAsync();
        await _world.RegisterAsync(t => t with { Collectors = [CollectorId.Parse("other", null)] });

        Assert.Null(await CheckAsync(key));
    }

    [Fact]
    public async Task Check_WrongSecretOtherTenantOrOtherCollector_IsNobody()
    {
        await _world.RegisterAsync();
        var key = await IssueAsync();

        Assert.Null(await CheckAsync(CollectorKey.New(_world.Tenant.Id, Samples.Corp)));
        Assert.Null(await CheckAsync(With(key, tenant: Samples.NewTenantId())));
        Assert.Null(await CheckAsync(With(key, collector: "other")));
    }

    /// <summary>A row copied to another collector's place must not make the key good there: the hash covers the whole key.</summary>
    [Fact]
    public async Task Check_RowCopiedToAnotherCollector_IsNobody()
    {
        var other = CollectorId.Parse("other", null);
        await _world.RegisterAsync(t => t with { Collectors = [Samples.Corp, other] });
        var key = await IssueAsync();
        var copied = (await _world.CollectorKeys.FindAsync(_world.Tenant.Id, Samples.Corp, World.Cancellation))!.Item with { Collector = other };
        await _world.CollectorKeys.TryAddAsync(copied, World.Cancellation);

        Assert.Null(await CheckAsync(With(key, collector: "other")));
    }

    [Fact]
    public async Task Replace_UntilTheNewKeyIsUsed_BothWork()
    {
        await _world.RegisterAsync();
        var old = await IssueAsync();
        await CheckAsync(old);
        var fresh = await IssueAsync();

        _world.Clock.Advance(CollectorKeys.Overlap - TimeSpan.FromSeconds(1));
        Assert.NotNull(await CheckAsync(old));
        Assert.NotNull(await CheckAsync(fresh));
        Assert.Null(await CheckAsync(old));

        Assert.Equal(2, _world.Audit.Types.Count(type => type == nameof(CollectorKeyTakenUp)));
    }

    [Fact]
    public async Task Replace_NewKeyNeverUsed_EndsTheOldOneAfterTheOverlap()
    {
        await _world.RegisterAsync();
        var old = await IssueAsync();
        await CheckAsync(old);
        var fresh = await IssueAsync();

        _world.Clock.Advance(CollectorKeys.Overlap);

        Assert.Null(await CheckAsync(old));
        Assert.NotNull(await CheckAsync(fresh));
    }

    [Fact]
    public async Task Replace_TwiceBeforeEitherIsUsed_KeepsTheOneInUse()
    {
        await _world.RegisterAsync();
        var inUse = await IssueAsync();
        await CheckAsync(inUse);
        var lost = await IssueAsync();
        var fresh = await IssueAsync();

        Assert.NotNull(await CheckAsync(inUse));
        Assert.Null(await CheckAsync(lost));
        Assert.NotNull(await CheckAsync(fresh));
    }

    [Fact]
    public async Task Revoke_Keys_EndsBothAtOnceAndTellsWhy()
    {
        await _world.RegisterAsync();
        var old = await IssueAsync();
        await CheckAsync(old);
        var fresh = await IssueAsync();

        Assert.Equal(RevokeCollectorKeysOutcome.Revoked, await RevokeAsync());
        Assert.Equal(RevokeCollectorKeysOutcome.NotFound, await RevokeAsync());

        Assert.Null(await CheckAsync(old));
        Assert.Null(await CheckAsync(fresh));
        Assert.Equal("stolen", Assert.Single(_world.Audit.Entries, e => e.Type == nameof(CollectorKeysRevoked)).Reason);
    }

    [Fact]
    public async Task Issue_AfterRevocation_DoesNotBringTheOldOneBack()
    {
        await _world.RegisterAsync();
        var old = await IssueAsync();
        await RevokeAsync();

        var fresh = await IssueAsync();

        Assert.Null(await CheckAsync(old));
        Assert.NotNull(await CheckAsync(fresh));
    }

    [Fact]
    public async Task Check_Again_NotesTheUseToFiveMinutes()
    {
        await _world.RegisterAsync();
        var key = await IssueAsync();
        var first = _world.Clock.GetUtcNow();
        await CheckAsync(key);

        _world.Clock.Advance(TimeSpan.FromMinutes(4));
        await CheckAsync(key);
        Assert.Equal(first, await LastUsedAsync());

        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await CheckAsync(key);
        Assert.Equal(first.AddMinutes(5), await LastUsedAsync());
    }

    [Fact]
    public async Task Maintain_CrashBetweenStateAndEvents_TellsThemOnce()
    {
        await _world.RegisterAsync();
        var key = CollectorKey.New(_world.Tenant.Id, Samples.Corp);
        await _world.CollectorKeys.TryAddAsync(
            new CollectorKeys { Tenant = _world.Tenant.Id, Collector = Samples.Corp }
                .Issue(key, Samples.Olga, _world.Clock.GetUtcNow())
                .Use(key, _world.Clock.GetUtcNow()),
            World.Cancellation);

        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);
        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);

        Assert.Equal(
            [nameof(CollectorKeyIssued), nameof(CollectorKeyTakenUp)],
            _world.Audit.Types.Where(type => type.StartsWith("CollectorKey", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("rk_")]
    [InlineData("rk_11111111111111111111111111111111_corp_")]
    [InlineData("rk_11111111111111111111111111111111_../corp_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("rk_11111111111111111111111111111111_-corp_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("rk_11111111111111111111111111111111_corp_0000000000000000000000000000000000000000000000000000000000000000\n")]
    [InlineData("rk_11111111111111111111111111111111_corp_000000000000000000000000000000000000000000000000000000000000000G")]
    [InlineData("rk_1111111111111111111111111111111_corp_0000000000000000000000000000000000000000000000000000000000000000")]
    public void TryParse_Malformed_IsNoKey(string text) => Assert.False(CollectorKey.TryParse(text, out _));

    [Fact]
    public void New_Twice_GivesDifferentSecretsThatToStringDoesNotTell()
    {
        var tenant = Samples.NewTenantId();
        var key = CollectorKey.New(tenant, Samples.Corp);

        Assert.NotEqual(key.Text, CollectorKey.New(tenant, Samples.Corp).Text);
        Assert.DoesNotContain(key.Text[^64..], key.ToString(), StringComparison.Ordinal);
    }

    private static CollectorKey With(CollectorKey key, TenantId? tenant = null, string? collector = null)
    {
        Assert.True(CollectorKey.TryParse(
            $"rk_{(tenant ?? key.Tenant).Value:N}_{collector ?? key.Collector.Value}_{key.Text[^64..]}", out var other));
        return other;
    }

    private async Task<CollectorKey> IssueAsync()
    {
        // Two keys are never issued at one instant.
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        var result = await _world.Get<IssueCollectorKeyHandler>().HandleAsync(
            new(_world.Tenant.Id, Samples.Corp, Samples.Olga), World.Cancellation);
        return result.Key!;
    }

    private Task<Caller?> CheckAsync(CollectorKey key) =>
        _world.Get<CheckCollectorKeyHandler>().HandleAsync(key, World.Cancellation);

    private Task<RevokeCollectorKeysOutcome> RevokeAsync() =>
        _world.Get<RevokeCollectorKeysHandler>().HandleAsync(
            new(_world.Tenant.Id, Samples.Corp, "stolen", Samples.Anton), World.Cancellation);

    private async Task<DateTimeOffset?> LastUsedAsync() =>
        (await _world.CollectorKeys.FindAsync(_world.Tenant.Id, Samples.Corp, World.Cancellation))!.Item.LastUsedAt;
}
