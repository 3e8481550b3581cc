using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class SyncMatchTests
{
    private const string Domain = RunningSimulator.Domain;

    private readonly SyncScenario _sync = new();

    [Fact]
    public void RunSync_EqualAnchor_HardMatches()
    {
        var account = _sync.Account("maya");
        var cloud = _sync.Tenant.AddUser(RunningSimulator.User("maya.cloud", AdAccount.ToAnchor(account.ObjectGuid)));

        Assert.Equal(cloud.Id, _sync.Single(SyncOutcome.HardMatched).Id);
    }

    [Fact]
    public void RunSync_TakeoverBlocked_IsInvalidHardMatch()
    {
        _sync.Tenant.Features = new() { BlockCloudObjectTakeoverThroughHardMatchEnabled = true };
        _sync.EqualAnchor();

        Assert.Equal(SyncError.InvalidHardMatch, _sync.Error());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RunSync_HardMatchOntoRoleHolder_IsInvalidHardMatch(bool eligible)
    {
        var user = _sync.EqualAnchor();
        _ = eligible ? _sync.Tenant.MakeEligible(user.Id, BuiltInRole.GlobalAdministrator) : _sync.Tenant.AssignRole(user.Id, BuiltInRole.GlobalAdministrator);

        Assert.Equal(SyncError.InvalidHardMatch, _sync.Error());
    }

    [Fact]
    public void RunSync_HardMatchOntoOtherObjectIdentifier_IsNotAllowed()
    {
        var user = _sync.EqualAnchor();
        _sync.Tenant.UpdateUser(user.Id, current => current with { OnPremisesObjectIdentifier = Guid.NewGuid().ToString() });

        Assert.Equal(SyncError.AttributeUpdateNotAllowed, _sync.Error());
    }

    [Fact]
    public void RunSync_CloudManagedHolder_IsLeftAlone()
    {
        var user = _sync.EqualAnchor();
        _sync.Tenant.UpdateUser(user.Id, current => current with { IsCloudManaged = true });

        Assert.Null(_sync.Single(SyncOutcome.CloudManaged).OnPremisesSyncEnabled);
    }

    [Fact]
    public void RunSync_ClearedUserWithSameUpn_SoftMatches()
    {
        var account = _sync.Account("elena");
        _sync.Forest.UpdateAccount(account.ObjectGuid, current => current with { Mail = null, ProxyAddresses = [] });
        var cloud = _sync.Tenant.AddUser(RunningSimulator.User("elena"));

        var matched = _sync.Single(SyncOutcome.SoftMatched);

        Assert.Equal(cloud.Id, matched.Id);
        Assert.Equal(AdAccount.ToAnchor(account.ObjectGuid), matched.OnPremisesImmutableId);
    }

    [Fact]
    public void RunSync_ClearedUserWithSamePrimaryAddress_SoftMatchesAndOverwritesAddresses()
    {
        _sync.Account("sam");
        var cloud = _sync.Tenant.AddUser(RunningSimulator.User("sam") with { UserPrincipalName = $"samuel@{Domain}" });

        var matched = _sync.Single(SyncOutcome.SoftMatched);

        Assert.Equal((cloud.Id, $"sam@{Domain}"), (matched.Id, matched.UserPrincipalName));
        Assert.Equal([$"SMTP:sam@{Domain}"], matched.ProxyAddresses);
    }

    [Fact]
    public void RunSync_SecondaryAddressOnly_DoesNotMatch()
    {
        _sync.Account("sam");
        _sync.Tenant.AddUser(RunningSimulator.User("other") with { ProxyAddresses = [$"SMTP:other@{Domain}", $"smtp:sam@{Domain}"] });

        Assert.Equal(SyncError.AttributeValueMustBeUnique, _sync.Error());
    }

    [Fact]
    public void RunSync_LeftoverAnchor_IsInvalidSoftMatchUntilCleared()
    {
        _sync.Account("elena");
        var cloud = _sync.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));

        Assert.Equal(SyncError.InvalidSoftMatch, _sync.Error());
        Assert.Equal(SyncError.InvalidSoftMatch, _sync.Error());
        _sync.Tenant.UpdateUser(cloud.Id, current => current with { OnPremisesImmutableId = null });
        Assert.Equal(cloud.Id, _sync.Single(SyncOutcome.SoftMatched).Id);
    }

    [Fact]
    public void RunSync_LeftoverWithTheAccountsSid_NamesTheSid()
    {
        var account = _sync.Account("bruno");
        _sync.Tenant.AddUser(RunningSimulator.User("bruno", RunningSimulator.NewAnchor()) with { OnPremisesSecurityIdentifier = account.Sid });

        var result = Assert.Single(_sync.Tenant.RunSync().Results);

        Assert.Equal((SyncError.AttributeValueMustBeUnique, "OnPremiseSecurityIdentifier"), (result.Error!.Name, result.Error.AttributeConflictName));
    }

    [Theory]
    [InlineData(false, SyncOutcome.Failed)]
    [InlineData(true, SyncOutcome.SoftMatched)]
    public void RunSync_RestoredUser_FollowsTheSetting(bool allowed, SyncOutcome expected)
    {
        _sync.Tenant.Settings = _sync.Tenant.Settings with { RestoredUsersSoftMatch = allowed };
        _sync.Account("elena");
        _sync.Tenant.AddUser(RunningSimulator.User("elena") with { OnPremisesSyncEnabled = false });

        Assert.Equal(expected, Assert.Single(_sync.Tenant.RunSync().Results).Outcome);
    }

    [Theory]
    [InlineData(false, SyncOutcome.SoftMatched, null)]
    [InlineData(true, SyncOutcome.Failed, SyncError.AttributeUpdateNotAllowed)]
    public void RunSync_SoftMatchOntoOtherObjectIdentifier_FollowsTheSetting(bool blocked, SyncOutcome expected, string? error)
    {
        _sync.Tenant.Settings = _sync.Tenant.Settings with { ObjectIdentifierBlocksSoftMatch = blocked };
        _sync.Account("elena");
        _sync.Tenant.AddUser(RunningSimulator.User("elena") with { OnPremisesObjectIdentifier = Guid.NewGuid().ToString() });

        var result = Assert.Single(_sync.Tenant.RunSync().Results);

        Assert.Equal((expected, error), (result.Outcome, result.Error?.Name));
    }

    [Fact]
    public void RunSync_SoftMatchOntoRoleHolder_IsAnAdminConflict()
    {
        _sync.Account("victor");
        var user = _sync.Tenant.AddUser(RunningSimulator.User("victor"));
        _sync.Tenant.AssignRole(user.Id, BuiltInRole.UserAdministrator);

        Assert.Equal(SyncError.ExistingAdminRoleConflict, _sync.Error());
    }

    [Fact]
    public void RunSync_SoftMatchBlocked_MakesADuplicate()
    {
        _sync.Tenant.Features = new() { BlockSoftMatchEnabled = true };
        _sync.Account("elena");
        _sync.Tenant.AddUser(RunningSimulator.User("elena"));

        Assert.Matches("^elena[0-9]{4}@contoso.onmicrosoft.com$", _sync.Single(SyncOutcome.Quarantined).UserPrincipalName);
    }
}
