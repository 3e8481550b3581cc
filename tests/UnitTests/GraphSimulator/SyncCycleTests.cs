using Microsoft.Extensions.Time.Testing;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class SyncCycleTests
{
    private const string Domain = RunningSimulator.Domain;

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    private readonly SimulatedCloud _cloud;
    private readonly SimulatedTenant _tenant;
    private readonly AdForest _forest;

    public SyncCycleTests()
    {
        _cloud = new(_clock);
        _tenant = _cloud.AddTenant("Contoso", "contoso.onmicrosoft.com").AddDomain(Domain);
        _tenant.OnPremisesSyncEnabled = true;
        _forest = _tenant.AddForest("corp.contoso.example");
    }

    [Fact]
    public void RunSync_NobodyInTheWay_CreatesASyncedUser()
    {
        var account = Account("maya");

        var user = Single(SyncOutcome.Created);

        Assert.Equal(AdAccount.ToAnchor(account.ObjectGuid), user.OnPremisesImmutableId);
        Assert.Equal((true, account.Sid, account.ObjectGuid.ToString()), (user.OnPremisesSyncEnabled, user.OnPremisesSecurityIdentifier, user.OnPremisesObjectIdentifier));
        Assert.Equal(_clock.GetUtcNow(), _tenant.OnPremisesLastSyncDateTime);
        Assert.Equal(account.ObjectGuid, _forest.FindAccount(account.ObjectGuid)!.ConsistencyGuid);
    }

    [Fact]
    public void RunSync_SecondCycle_UpdatesAndFollowsAD()
    {
        var account = Account("maya");
        _tenant.RunSync();

        _forest.UpdateAccount(account.ObjectGuid, current => current with { Enabled = false, DisplayName = "Maya L." });
        var user = Single(SyncOutcome.Updated);

        Assert.Equal((false, "Maya L."), (user.AccountEnabled, user.DisplayName));
    }

    [Fact]
    public void RunSync_EqualAnchor_HardMatches()
    {
        var account = Account("maya");
        var cloud = _tenant.AddUser(RunningSimulator.User("maya.cloud", AdAccount.ToAnchor(account.ObjectGuid)));

        Assert.Equal(cloud.Id, Single(SyncOutcome.HardMatched).Id);
    }

    [Fact]
    public void RunSync_TakeoverBlocked_IsInvalidHardMatch()
    {
        _tenant.Features = new() { BlockCloudObjectTakeoverThroughHardMatchEnabled = true };
        GivenEqualAnchor();

        Assert.Equal(SyncError.InvalidHardMatch, Error());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RunSync_HardMatchOntoRoleHolder_IsInvalidHardMatch(bool eligible)
    {
        var user = GivenEqualAnchor();
        _ = eligible ? _tenant.MakeEligible(user.Id, BuiltInRole.GlobalAdministrator) : _tenant.AssignRole(user.Id, BuiltInRole.GlobalAdministrator);

        Assert.Equal(SyncError.InvalidHardMatch, Error());
    }

    [Fact]
    public void RunSync_HardMatchOntoOtherObjectIdentifier_IsNotAllowed()
    {
        var user = GivenEqualAnchor();
        _tenant.UpdateUser(user.Id, current => current with { OnPremisesObjectIdentifier = Guid.NewGuid().ToString() });

        Assert.Equal(SyncError.AttributeUpdateNotAllowed, Error());
    }

    [Fact]
    public void RunSync_CloudManagedHolder_IsLeftAlone()
    {
        var user = GivenEqualAnchor();
        _tenant.UpdateUser(user.Id, current => current with { IsCloudManaged = true });

        Assert.Null(Single(SyncOutcome.CloudManaged).OnPremisesSyncEnabled);
    }

    [Fact]
    public void RunSync_ClearedUserWithSameUpn_SoftMatches()
    {
        var account = Account("elena") with { };
        _forest.UpdateAccount(account.ObjectGuid, current => current with { Mail = null, ProxyAddresses = [] });
        var cloud = _tenant.AddUser(RunningSimulator.User("elena"));

        var matched = Single(SyncOutcome.SoftMatched);

        Assert.Equal(cloud.Id, matched.Id);
        Assert.Equal(AdAccount.ToAnchor(account.ObjectGuid), matched.OnPremisesImmutableId);
    }

    [Fact]
    public void RunSync_ClearedUserWithSamePrimaryAddress_SoftMatchesAndOverwritesAddresses()
    {
        Account("sam");
        var cloud = _tenant.AddUser(RunningSimulator.User("sam") with { UserPrincipalName = $"samuel@{Domain}" });

        var matched = Single(SyncOutcome.SoftMatched);

        Assert.Equal((cloud.Id, $"sam@{Domain}"), (matched.Id, matched.UserPrincipalName));
        Assert.Equal([$"SMTP:sam@{Domain}"], matched.ProxyAddresses);
    }

    [Fact]
    public void RunSync_SecondaryAddressOnly_DoesNotMatch()
    {
        Account("sam");
        _tenant.AddUser(RunningSimulator.User("other") with { ProxyAddresses = [$"SMTP:other@{Domain}", $"smtp:sam@{Domain}"] });

        Assert.Equal(SyncError.AttributeValueMustBeUnique, Error());
    }

    [Fact]
    public void RunSync_LeftoverAnchor_IsInvalidSoftMatchUntilCleared()
    {
        Account("elena");
        var cloud = _tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));

        Assert.Equal(SyncError.InvalidSoftMatch, Error());
        Assert.Equal(SyncError.InvalidSoftMatch, Error());
        _tenant.UpdateUser(cloud.Id, current => current with { OnPremisesImmutableId = null });
        Assert.Equal(cloud.Id, Single(SyncOutcome.SoftMatched).Id);
    }

    [Fact]
    public void RunSync_LeftoverWithTheAccountsSid_NamesTheSid()
    {
        var account = Account("bruno");
        _tenant.AddUser(RunningSimulator.User("bruno", RunningSimulator.NewAnchor()) with { OnPremisesSecurityIdentifier = account.Sid });

        var result = Assert.Single(_tenant.RunSync().Results);

        Assert.Equal((SyncError.AttributeValueMustBeUnique, "OnPremiseSecurityIdentifier"), (result.Error!.Name, result.Error.AttributeConflictName));
    }

    [Theory]
    [InlineData(false, SyncOutcome.Failed)]
    [InlineData(true, SyncOutcome.SoftMatched)]
    public void RunSync_RestoredUser_FollowsTheSetting(bool allowed, SyncOutcome expected)
    {
        _tenant.Settings = _tenant.Settings with { RestoredUsersSoftMatch = allowed };
        Account("elena");
        _tenant.AddUser(RunningSimulator.User("elena") with { OnPremisesSyncEnabled = false });

        Assert.Equal(expected, Assert.Single(_tenant.RunSync().Results).Outcome);
    }

    [Fact]
    public void RunSync_SoftMatchOntoRoleHolder_IsAnAdminConflict()
    {
        Account("victor");
        var user = _tenant.AddUser(RunningSimulator.User("victor"));
        _tenant.AssignRole(user.Id, BuiltInRole.UserAdministrator);

        Assert.Equal(SyncError.ExistingAdminRoleConflict, Error());
    }

    [Fact]
    public void RunSync_SoftMatchBlocked_MakesADuplicate()
    {
        _tenant.Features = new() { BlockSoftMatchEnabled = true };
        Account("elena");
        _tenant.AddUser(RunningSimulator.User("elena"));

        Assert.Matches("^elena[0-9]{4}@contoso.onmicrosoft.com$", Single(SyncOutcome.Quarantined).UserPrincipalName);
    }

    [Fact]
    public void RunSync_Quarantine_KeepsTheDuplicateUntilItIsHardDeleted()
    {
        _tenant.Settings = _tenant.Settings with { ConflictHandling = ConflictHandling.Quarantine };
        var account = Account("elena");
        var cloud = _tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));

        var duplicate = Single(SyncOutcome.Quarantined);
        Assert.Equal(AdAccount.ToAnchor(account.ObjectGuid), duplicate.OnPremisesImmutableId);
        Assert.Contains(duplicate.OnPremisesProvisioningErrors, error =>
            error is { Category: "PropertyConflict", PropertyCausingError: "UserPrincipalName" } && error.Value == $"elena@{Domain}");

        _tenant.UpdateUser(cloud.Id, current => current with { OnPremisesImmutableId = null });
        Assert.Equal(duplicate.Id, Single(SyncOutcome.Updated).Id);

        _tenant.SoftDeleteUser(duplicate.Id);
        Assert.Equal(duplicate.Id, Single(SyncOutcome.Restored).Id);

        _tenant.SoftDeleteUser(duplicate.Id);
        _tenant.HardDeleteUser(duplicate.Id);
        Assert.Equal(cloud.Id, Single(SyncOutcome.SoftMatched).Id);
    }

    [Fact]
    public void RunSync_QuarantineResolved_ReleasesTheName()
    {
        _tenant.Settings = _tenant.Settings with { ConflictHandling = ConflictHandling.Quarantine };
        Account("elena");
        var cloud = _tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));
        _tenant.RunSync();

        _tenant.SoftDeleteUser(cloud.Id);
        var released = Single(SyncOutcome.Updated);

        Assert.Equal($"elena@{Domain}", released.UserPrincipalName);
        Assert.Empty(released.OnPremisesProvisioningErrors);
    }

    [Fact]
    public void RunSync_AccountDeletedInAD_SoftDeletesAndLaterRestores()
    {
        var account = Account("maya");
        var user = Single(SyncOutcome.Created);

        _forest.DeleteAccount(account.ObjectGuid);
        Assert.Equal(SyncOutcome.SoftDeleted, Assert.Single(_tenant.RunSync().Results).Outcome);
        var deleted = Assert.Single(_tenant.DeletedUsers);
        Assert.Equal((user.Id, user.OnPremisesImmutableId), (deleted.Id, deleted.OnPremisesImmutableId));

        _forest.UpdateAccount(account.ObjectGuid, current => current with { Deleted = false });
        Assert.Equal((user.Id, $"maya@{Domain}"), (Single(SyncOutcome.Restored).Id, _tenant.FindUser(user.Id)!.UserPrincipalName));
    }

    [Theory]
    [InlineData("ms-DS-ConsistencyGuid")]
    [InlineData("objectGUID")]
    [InlineData("employeeID")]
    public void RunSync_AnchorAttribute_DecidesTheAnchor(string attribute)
    {
        _tenant.Settings = _tenant.Settings with { AnchorAttribute = attribute };
        var consistency = Guid.NewGuid();
        var account = Account("maya");
        _forest.UpdateAccount(account.ObjectGuid, current => current with { ConsistencyGuid = consistency, CustomAnchor = "E-4711" });

        var expected = attribute switch
        {
            "objectGUID" => AdAccount.ToAnchor(account.ObjectGuid),
            "employeeID" => "E-4711",
            _ => AdAccount.ToAnchor(consistency),
        };
        Assert.Equal(expected, Single(SyncOutcome.Created).OnPremisesImmutableId);
    }

    [Fact]
    public void RunSync_AnchorSourceChangedAfterExport_Fails()
    {
        var account = Account("maya");
        _tenant.RunSync();

        _forest.UpdateAccount(account.ObjectGuid, current => current with { ConsistencyGuid = Guid.NewGuid() });

        Assert.Equal(SyncError.SourceAnchorChanged, Error());
    }

    [Fact]
    public void RunSync_WrongAnchorFault_WritesAnotherAnchorOnce()
    {
        _cloud.Faults.Add(new() { Kind = FaultKind.WrongAnchor, TenantId = _tenant.Id, Count = 1 });
        var account = Account("elena");
        _tenant.AddUser(RunningSimulator.User("elena"));

        var matched = Single(SyncOutcome.SoftMatched);

        Assert.NotEqual(AdAccount.ToAnchor(account.ObjectGuid), matched.OnPremisesImmutableId);
        Assert.Equal(matched.OnPremisesImmutableId, Single(SyncOutcome.Updated).OnPremisesImmutableId);
    }

    [Fact]
    public void RunSync_OutOfScope_DoesNothing()
    {
        var account = Account("oskar");
        _forest.UpdateAccount(account.ObjectGuid, current => current with { InScope = false });

        Assert.Empty(_tenant.RunSync().Results);
    }

    [Fact]
    public void RunSync_UnverifiedSuffix_UsesTheInitialDomain()
    {
        _forest.AddAccount(new() { UserPrincipalName = "maya@corp.local" });

        Assert.Equal("maya@contoso.onmicrosoft.com", Single(SyncOutcome.Created).UserPrincipalName);
    }

    [Fact]
    public void RunSync_ServerDown_Throws()
    {
        _tenant.Settings = _tenant.Settings with { SyncServerRunning = false };

        Assert.Throws<InvalidOperationException>(_tenant.RunSync);
    }

    private SimulatedUser GivenEqualAnchor()
    {
        var account = Account("maya");
        return _tenant.AddUser(RunningSimulator.User("maya.cloud", AdAccount.ToAnchor(account.ObjectGuid)));
    }

    private AdAccount Account(string name) => _forest.AddAccount(new()
    {
        UserPrincipalName = $"{name}@{Domain}",
        Mail = $"{name}@{Domain}",
        ProxyAddresses = [$"SMTP:{name}@{Domain}"],
        DisplayName = name,
    });

    private SimulatedUser Single(SyncOutcome outcome)
    {
        var result = Assert.Single(_tenant.RunSync().Results);
        Assert.Equal(outcome, result.Outcome);
        return _tenant.FindUser(result.UserId!.Value)!;
    }

    private string? Error()
    {
        var result = Assert.Single(_tenant.RunSync().Results);
        Assert.Equal(SyncOutcome.Failed, result.Outcome);
        return result.Error?.Name;
    }
}
