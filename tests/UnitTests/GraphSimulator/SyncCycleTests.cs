using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class SyncCycleTests
{
    private const string Domain = RunningSimulator.Domain;

    private readonly SyncScenario _sync = new();

    [Fact]
    public void RunSync_NobodyInTheWay_CreatesASyncedUser()
    {
        var account = _sync.Account("maya");

        var user = _sync.Single(SyncOutcome.Created);

        Assert.Equal(AdAccount.ToAnchor(account.ObjectGuid), user.OnPremisesImmutableId);
        Assert.Equal((true, account.Sid, account.ObjectGuid.ToString()), (user.OnPremisesSyncEnabled, user.OnPremisesSecurityIdentifier, user.OnPremisesObjectIdentifier));
        Assert.Equal(_sync.Clock.GetUtcNow(), _sync.Tenant.OnPremisesLastSyncDateTime);
        Assert.Equal(account.ObjectGuid, _sync.Forest.FindAccount(account.ObjectGuid)!.ConsistencyGuid);
    }

    [Fact]
    public void RunSync_SecondCycle_UpdatesAndFollowsAD()
    {
        var account = _sync.Account("maya");
        _sync.Tenant.RunSync();

        _sync.Forest.UpdateAccount(account.ObjectGuid, current => current with { Enabled = false, DisplayName = "Maya L." });
        var user = _sync.Single(SyncOutcome.Updated);

        Assert.Equal((false, "Maya L."), (user.AccountEnabled, user.DisplayName));
    }

    [Fact]
    public void RunSync_Quarantine_KeepsTheDuplicateUntilItIsHardDeleted()
    {
        _sync.Tenant.Settings = _sync.Tenant.Settings with { ConflictHandling = ConflictHandling.Quarantine };
        var account = _sync.Account("elena");
        var cloud = _sync.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));

        var duplicate = _sync.Single(SyncOutcome.Quarantined);
        Assert.Equal(AdAccount.ToAnchor(account.ObjectGuid), duplicate.OnPremisesImmutableId);
        Assert.Contains(duplicate.OnPremisesProvisioningErrors, error =>
            error is { Category: "PropertyConflict", PropertyCausingError: "UserPrincipalName" } && error.Value == $"elena@{Domain}");

        _sync.Tenant.UpdateUser(cloud.Id, current => current with { OnPremisesImmutableId = null });
        Assert.Equal(duplicate.Id, _sync.Single(SyncOutcome.Updated).Id);

        _sync.Tenant.SoftDeleteUser(duplicate.Id);
        Assert.Equal(duplicate.Id, _sync.Single(SyncOutcome.Restored).Id);

        _sync.Tenant.SoftDeleteUser(duplicate.Id);
        _sync.Tenant.HardDeleteUser(duplicate.Id);
        Assert.Equal(cloud.Id, _sync.Single(SyncOutcome.SoftMatched).Id);
    }

    [Fact]
    public void RunSync_QuarantineResolved_ReleasesTheName()
    {
        _sync.Tenant.Settings = _sync.Tenant.Settings with { ConflictHandling = ConflictHandling.Quarantine };
        _sync.Account("elena");
        var cloud = _sync.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));
        _sync.Tenant.RunSync();

        _sync.Tenant.SoftDeleteUser(cloud.Id);
        var released = _sync.Single(SyncOutcome.Updated);

        Assert.Equal($"elena@{Domain}", released.UserPrincipalName);
        Assert.Empty(released.OnPremisesProvisioningErrors);
    }

    [Fact]
    public void RunSync_AccountDeletedInAD_SoftDeletesAndLaterRestores()
    {
        var account = _sync.Account("maya");
        var user = _sync.Single(SyncOutcome.Created);

        _sync.Forest.DeleteAccount(account.ObjectGuid);
        Assert.Equal(SyncOutcome.SoftDeleted, Assert.Single(_sync.Tenant.RunSync().Results).Outcome);
        var deleted = Assert.Single(_sync.Tenant.DeletedUsers);
        Assert.Equal((user.Id, user.OnPremisesImmutableId), (deleted.Id, deleted.OnPremisesImmutableId));

        _sync.Forest.UpdateAccount(account.ObjectGuid, current => current with { Deleted = false });
        Assert.Equal((user.Id, $"maya@{Domain}"), (_sync.Single(SyncOutcome.Restored).Id, _sync.Tenant.FindUser(user.Id)!.UserPrincipalName));
    }

    [Theory]
    [InlineData("ms-DS-ConsistencyGuid")]
    [InlineData("objectGUID")]
    [InlineData("employeeID")]
    public void RunSync_AnchorAttribute_DecidesTheAnchor(string attribute)
    {
        _sync.Tenant.Settings = _sync.Tenant.Settings with { AnchorAttribute = attribute };
        var consistency = Guid.NewGuid();
        var account = _sync.Account("maya");
        _sync.Forest.UpdateAccount(account.ObjectGuid, current => current with { ConsistencyGuid = consistency, CustomAnchor = "E-4711" });

        var expected = attribute switch
        {
            "objectGUID" => AdAccount.ToAnchor(account.ObjectGuid),
            "employeeID" => "E-4711",
            _ => AdAccount.ToAnchor(consistency),
        };
        Assert.Equal(expected, _sync.Single(SyncOutcome.Created).OnPremisesImmutableId);
    }

    [Fact]
    public void RunSync_AnchorSourceChangedAfterExport_Fails()
    {
        var account = _sync.Account("maya");
        _sync.Tenant.RunSync();

        _sync.Forest.UpdateAccount(account.ObjectGuid, current => current with { ConsistencyGuid = Guid.NewGuid() });

        Assert.Equal(SyncError.SourceAnchorChanged, _sync.Error());
    }

    [Fact]
    public void RunSync_WrongAnchorFault_WritesAnotherAnchorOnce()
    {
        _sync.Cloud.Faults.Add(new() { Kind = FaultKind.WrongAnchor, TenantId = _sync.Tenant.Id, Count = 1 });
        var account = _sync.Account("elena");
        _sync.Tenant.AddUser(RunningSimulator.User("elena"));

        var matched = _sync.Single(SyncOutcome.SoftMatched);

        Assert.NotEqual(AdAccount.ToAnchor(account.ObjectGuid), matched.OnPremisesImmutableId);
        Assert.Equal(matched.OnPremisesImmutableId, _sync.Single(SyncOutcome.Updated).OnPremisesImmutableId);
    }

    [Fact]
    public void RunSync_OutOfScope_DoesNothing()
    {
        var account = _sync.Account("oskar");
        _sync.Forest.UpdateAccount(account.ObjectGuid, current => current with { InScope = false });

        Assert.Empty(_sync.Tenant.RunSync().Results);
    }

    [Fact]
    public void RunSync_UnverifiedSuffix_UsesTheInitialDomain()
    {
        _sync.Forest.AddAccount(new() { UserPrincipalName = "maya@corp.local" });

        Assert.Equal("maya@contoso.onmicrosoft.com", _sync.Single(SyncOutcome.Created).UserPrincipalName);
    }

    [Fact]
    public void RunSync_ServerDown_Throws()
    {
        _sync.Tenant.Settings = _sync.Tenant.Settings with { SyncServerRunning = false };

        Assert.Throws<InvalidOperationException>(_sync.Tenant.RunSync);
    }
}
