using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Maintenance;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Access;

public sealed class AccessHandlerTests : IDisposable
{
    private static readonly Guid Bob = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000001");
    private static readonly Actor Ada = new(ActorKind.Person, "aaaaaaaa-0000-4000-8000-00000000000a", "Ada", "https://login.example/");
    private static readonly Guid Directory = Guid.Parse("99999999-0000-4000-8000-000000000001");

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Grant_Person_IsKeptAndTold()
    {
        var tenant = Samples.NewTenantId();

        Assert.Equal(GrantAccessOutcome.Granted, await GrantAsync(Bob, [tenant]));

        var told = Assert.Single(_world.Audit.Entries);
        Assert.Equal((nameof(AccessGranted), default, Ada, "looks after it"), (told.Type, told.Tenant, told.Actor, told.Reason));
        Assert.Equal(Bob, told.Details.GetProperty("principalId").GetGuid());
        Assert.Equal(tenant.Value, told.Details.GetProperty("tenants")[0].GetGuid());
    }

    [Fact]
    public async Task Grant_Again_ReplacesAndTellsBoth()
    {
        await GrantAsync(Bob, [Samples.NewTenantId()]);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(GrantAccessOutcome.Replaced, await GrantAsync(Bob, [], all: true));

        Assert.True((await _world.Access.FindAsync(Bob, World.Cancellation))!.Item.AllTenants);
        Assert.Equal([nameof(AccessGranted), nameof(AccessGranted)], _world.Audit.Types);
    }

    [Fact]
    public async Task Grant_OrRemove_OnesOwn_IsRefusedAndChangesNothing()
    {
        var own = Guid.Parse(Ada.Id);

        Assert.Equal(GrantAccessOutcome.OwnAccess, await GrantAsync(own, [], all: true));
        Assert.Equal(RemoveAccessOutcome.OwnAccess, await RemoveAsync(own));

        Assert.Null(await _world.Access.FindAsync(own, World.Cancellation));
        Assert.Empty(_world.Audit.Types);
    }

    [Fact]
    public async Task Grant_SomeoneElseWritesFirst_ChangesNothing()
    {
        await GrantAsync(Bob, [Samples.NewTenantId()]);
        _world.Access.BeforeNextUpdate = () =>
        {
            var found = _world.Access.FindAsync(Bob, default).Result!;
            _world.Access.TryUpdateAsync(found, found.Item with { Reason = "theirs" }, default);
        };

        Assert.Equal(GrantAccessOutcome.LostRace, await GrantAsync(Bob, [], all: true));

        Assert.Equal("theirs", (await _world.Access.FindAsync(Bob, World.Cancellation))!.Item.Reason);
    }

    [Fact]
    public async Task Remove_Granted_EndsItOnceAndTellsWhy()
    {
        await GrantAsync(Bob, [Samples.NewTenantId()]);

        Assert.Equal(RemoveAccessOutcome.Removed, await RemoveAsync(Bob));
        Assert.Equal(RemoveAccessOutcome.NotFound, await RemoveAsync(Bob));

        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(AccessRemoved));
        Assert.Equal(("left", Ada), (told.Reason, told.Actor));
    }

    [Fact]
    public async Task Grant_AfterRemoval_IsANewOne()
    {
        await GrantAsync(Bob, [Samples.NewTenantId()]);
        await RemoveAsync(Bob);

        Assert.Equal(GrantAccessOutcome.Granted, await GrantAsync(Bob, [Samples.NewTenantId()]));

        Assert.True((await _world.Access.FindAsync(Bob, World.Cancellation))!.Item.IsInForce);
    }

    [Fact]
    public async Task Maintain_CrashBetweenGrantAndEvent_TellsItOnce()
    {
        await _world.Access.TryAddAsync(Samples.NewGrant() with { GrantedAt = _world.Clock.GetUtcNow() }, World.Cancellation);
        await _world.Access.TryAddAsync(Samples.NewGrant() with { GrantedAt = _world.Clock.GetUtcNow().AddDays(-2) }, World.Cancellation);

        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);
        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);

        Assert.Equal([nameof(AccessGranted)], _world.Audit.Types);
    }

    private async Task<GrantAccessOutcome> GrantAsync(Guid principal, TenantId[] tenants, bool all = false) =>
        (await _world.Get<GrantAccessHandler>().HandleAsync(
            new(principal, PrincipalKind.Person, Directory, all, tenants, "looks after it", Ada), World.Cancellation)).Outcome;

    private Task<RemoveAccessOutcome> RemoveAsync(Guid principal) =>
        _world.Get<RemoveAccessHandler>().HandleAsync(new(principal, "left", Ada), World.Cancellation);
}
