using System.Text.Json;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Maintenance;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Tenants;

/// <summary>Who registered, changed and removed a tenant is told, whatever crashes between the row and the trail.</summary>
public sealed class TenantLedgerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_WholeLife_IsOnTheTrailWithSettingsAlone()
    {
        await _world.RegisterAsync();
        await ChangeAsync("Renamed");
        await RemoveAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.RegisterAsync(t => t with { DisplayName = "Back" });

        Assert.Equal(
            [nameof(TenantRegistered), nameof(TenantChanged), nameof(TenantRemoved), nameof(TenantRegistered)], _world.Audit.Types);
        Assert.Equal(
            ["Corp", "Corp > Renamed", "Renamed", "Back"],
            _world.Audit.Entries.Select(e => e.Details.TryGetProperty("settings", out var settings)
                ? Name(settings)
                : $"{Name(e.Details.GetProperty("before"))} > {Name(e.Details.GetProperty("after"))}"));
        Assert.All(_world.Audit.Entries, e => Assert.DoesNotContain("\"change\"", e.Details.GetRawText(), StringComparison.Ordinal));

        static string Name(JsonElement tenant) => tenant.GetProperty("displayName").GetString()!;
    }

    [Theory]
    [InlineData("registered", nameof(TenantRegistered))]
    [InlineData("changed", nameof(TenantChanged))]
    [InlineData("removed", nameof(TenantRemoved))]
    public async Task MaintainHandler_EventLostInACrash_IsToldWithWhoAndWhen(string change, string lost)
    {
        var at = await GivenLostAsync(change);
        _world.Clock.Advance(TimeSpan.FromHours(1));

        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);

        var told = Assert.Single(_world.Audit.Entries, e => e.Type == lost);
        Assert.Equal((Samples.Olga, at), (told.Actor, told.At));
    }

    [Theory]
    [InlineData("registered")]
    [InlineData("changed")]
    [InlineData("removed")]
    public async Task RegisterTenantHandler_EventBeforeLostInACrash_IsToldFirst(string change)
    {
        await GivenLostAsync(change);
        var whole = change == "registered" ? 1 : 2;
        Assert.Equal(whole - 1, _world.Audit.Types.Count);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        await _world.RegisterAsync(t => t with { DisplayName = "Again" });

        Assert.Equal(whole + 1, _world.Audit.Types.Count);
    }

    [Fact]
    public async Task RegisterTenantHandler_RemovedSinceItWasRead_IsALostRace()
    {
        await _world.RegisterAsync();
        var read = (await _world.Tenants.FindAsync(_world.Tenant.Id, World.Cancellation))!.Item.ChangedAt;
        await RemoveAsync();

        var (outcome, _) = await _world.Get<RegisterTenantHandler>().HandleAsync(
            new(_world.Tenant, Samples.Olga, read), World.Cancellation);

        Assert.Equal(RegisterTenantOutcome.LostRace, outcome);
    }

    [Fact]
    public async Task RemoveTenantHandler_Removed_IsNotFound()
    {
        await _world.RegisterAsync();

        Assert.Equal(RemoveTenantOutcome.Removed, await RemoveAsync());
        Assert.Equal(RemoveTenantOutcome.NotFound, await RemoveAsync());
        Assert.Single(_world.Audit.Types, nameof(TenantRemoved));
    }

    /// <returns>When it was changed.</returns>
    private async Task<DateTimeOffset> GivenLostAsync(string change)
    {
        if (change != "registered")
        {
            await _world.RegisterAsync();
            _world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // The event of the state before is told once more, ahead of the one that is lost.
        _world.Audit.BeforeNextAppend = _ =>
        {
            if (change == "registered")
            {
                Pull();
            }

            _world.Audit.BeforeNextAppend = _ => Pull();
        };

        await Assert.ThrowsAsync<IOException>(() => change switch
        {
            "registered" => _world.RegisterAsync(),
            "changed" => ChangeAsync("Renamed"),
            _ => RemoveAsync(),
        });
        return _world.Clock.GetUtcNow();

        static void Pull() => throw new IOException("the plug is pulled");
    }

    private Task ChangeAsync(string name) => _world.RegisterAsync(t => t with { DisplayName = name });

    private Task<RemoveTenantOutcome> RemoveAsync() =>
        _world.Get<RemoveTenantHandler>().HandleAsync(new(_world.Tenant.Id, Samples.Olga), World.Cancellation);
}
