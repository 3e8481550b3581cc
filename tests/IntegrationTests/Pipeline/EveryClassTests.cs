using Reanchor.GraphSimulator;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A tenant with a user of every class: whatever the classifier says, only the candidate may reach an approver.</summary>
public sealed class EveryClassTests
{
    private const string Domain = "every.example";
    private const string Federated = "sso.every.example";
    private const string OldSid = "S-1-5-21-1004336348-1177238915-682003330-1311";

    private static readonly DateTimeOffset LastSync = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Scan_UserOfEveryClass_OnlyTheCandidateIsProposed()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = AddTenant(stage.Cloud);
        var forest = tenant.AddForest("corp.every.example");
        var expected = AddUsers(tenant, forest);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate"]);
        await Stage.RegisterAsync(ada, tenant, "propose", new { protectedUserIds = (Guid[])[tenant.FindUser(Name("protected"))!.Id] });

        var scan = await ada.ScanAsync(tenant.Id, "propose");

        var findings = await ada.ListAsync($"tenants/{tenant.Id}/scans/{scan.GetProperty("scanId").GetString()}/findings");
        var found = findings.ToDictionary(
            f => f.GetProperty("userPrincipalName").GetString()!, f => f.GetProperty("classification").GetString()!);
        Assert.Equal(expected.OrderBy(e => e.Key), found.OrderBy(f => f.Key));

        // A synced user carries an anchor too. Graph's filter keeps it out, so it is never even a finding.
        Assert.Equal(Enum.GetNames<Classification>().Except(["StillSynced"]).Order(), found.Values.Distinct().Order());

        // Proposals are made from a queue, after the scan: once the candidate's is there, nothing else waits before it.
        await Deadline.UntilAsync("the candidate is proposed", async () => (await ada.ListAsync($"tenants/{tenant.Id}/proposals")).Count > 0);
        var again = await ada.ScanAsync(tenant.Id, "propose");
        Assert.Equal("completed", again.GetProperty("status").GetString());
        var proposal = Assert.Single(await ada.ListAsync($"tenants/{tenant.Id}/proposals"));
        Assert.Equal(Name("candidate"), proposal.GetProperty("userPrincipalName").GetString());
        var audit = await ada.ListAsync($"tenants/{tenant.Id}/audit?type=ClearProposed");
        Assert.Single(audit);
    }

    private static SimulatedTenant AddTenant(SimulatedCloud cloud)
    {
        var tenant = cloud.AddTenant("Every", "every.onmicrosoft.com")
            .AddDomain(Domain, isDefault: true)
            .AddDomain(Federated, federated: true);
        tenant.OnPremisesSyncEnabled = true;
        tenant.OnPremisesLastSyncDateTime = LastSync;
        BulkUsers.AddTo(tenant, 50, 0, null);
        return tenant;
    }

    /// <returns>The class that each user must get, by UPN.</returns>
    private static Dictionary<string, string> AddUsers(SimulatedTenant tenant, AdForest forest)
    {
        var expected = new Dictionary<string, string>();

        Add(Classification.Candidate, "candidate");
        AddOf(Classification.AnchorInUse, "holder", user => user with
        {
            OnPremisesImmutableId = AdAccount.ToAnchor(forest.AddAccount(Account("outofscope") with { InScope = false }).ObjectGuid),
        });
        Add(Classification.AnchorDrifted, "drifted", user => user with { OnPremisesSecurityIdentifier = OldSid }, account => account with { Sid = OldSid });
        Add(Classification.ForeignAnchor, "okta", user => user with { OnPremisesImmutableId = "00u1f9xk2mQ7vB4zL5d7" });
        Add(Classification.FederatedDomain, "federated", user => user with { UserPrincipalName = $"federated@{Federated}" });
        Add(Classification.CloudManaged, "cloudmanaged", user => user with { IsCloudManaged = true });
        var reverted = Add(Classification.AuthorityReverted, "reverted", user => user with { IsCloudManaged = true });
        tenant.GiveBackToAd(reverted.Id);
        var admin = Add(Classification.Privileged, "eligible");
        tenant.MakeEligible(admin.Id, BuiltInRole.GlobalAdministrator);
        Add(Classification.Protected, "protected");
        AddOf(Classification.Guest, "guest", user => user with
        {
            UserPrincipalName = "guest_litware.example#EXT#@every.onmicrosoft.com",
            UserType = "Guest",
            ExternalUserState = "Accepted",
        });
        Add(Classification.SyncAccount, "sync", user => user with { UserPrincipalName = "Sync_SRV01_0a1b@every.onmicrosoft.com" });
        Add(Classification.NeedsReview, "reception", user => user with { UserPurpose = "shared" });
        AddOf(Classification.NoPartner, "nopartner");
        Add(Classification.AmbiguousPartner, "ambiguous");
        forest.AddAccount(Account("other") with { Mail = Name("ambiguous"), ProxyAddresses = ["SMTP:" + Name("ambiguous")] });
        Add(Classification.DuplicateInQuarantine, "quarantined");
        tenant.AddUser(Synced("quarantined4711") with
        {
            UserPrincipalName = "quarantined4711@every.onmicrosoft.com",
            OnPremisesProvisioningErrors = [new() { PropertyCausingError = "UserPrincipalName", Value = Name("quarantined") }],
        });
        Add(Classification.EvidenceInsufficient, "unclear", user => user with { OnPremisesObjectIdentifier = $"{Guid.NewGuid()}" });
        tenant.AddUser(Synced("synced"));
        return expected;

        SimulatedUser AddOf(Classification classification, string name, Func<SimulatedUser, SimulatedUser>? change = null)
        {
            var user = User(name);
            user = tenant.AddUser(change?.Invoke(user) ?? user);
            expected.Add(user.UserPrincipalName, $"{classification}");
            return user;
        }

        // With an account to match, so that nothing but the named reason keeps the user from being a candidate.
        SimulatedUser Add(
            Classification classification,
            string name,
            Func<SimulatedUser, SimulatedUser>? change = null,
            Func<AdAccount, AdAccount>? changeAccount = null)
        {
            var account = Account(name);
            forest.AddAccount(changeAccount?.Invoke(account) ?? account);
            return AddOf(classification, name, change);
        }
    }

    private static string Name(string name) => $"{name}@{Domain}";

    private static SimulatedUser User(string name) => new()
    {
        UserPrincipalName = Name(name),
        DisplayName = name,
        Mail = Name(name),
        ProxyAddresses = ["SMTP:" + Name(name)],
        UserPurpose = "user",
        OnPremisesImmutableId = AdAccount.ToAnchor(Guid.NewGuid()),
    };

    private static SimulatedUser Synced(string name) => User(name) with
    {
        Mail = null,
        ProxyAddresses = [],
        OnPremisesSyncEnabled = true,
        OnPremisesLastSyncDateTime = LastSync,
    };

    private static AdAccount Account(string name) => new()
    {
        UserPrincipalName = Name(name),
        Mail = Name(name),
        ProxyAddresses = ["SMTP:" + Name(name)],
        SamAccountName = name,
    };
}
