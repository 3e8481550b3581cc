using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Diagnosis;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Scanning.Rules;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Diagnosis;

public sealed class DiagnoseUserHandlerTests : IDisposable
{
    private static readonly DirectoryAccount Holder = new()
    {
        ObjectGuid = Guid.NewGuid(),
        ConsistencyGuid = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        SamAccountName = "holder",
    };

    private static readonly DirectoryAccount Other = new() { ObjectGuid = Guid.NewGuid(), UserPrincipalName = "someone@corp.example", SamAccountName = "someone" };

    private static readonly Reading<IReadOnlyDictionary<Guid, string>> AnnsRole =
        Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string> { [Samples.Ann.Id] = "role" });

    /// <summary>What is changed in Ann's perfect case, by a name to read; the check that it is about, and what that says then.</summary>
    private static readonly Dictionary<string, (string Check, RuleOutcome State, Func<World, Task> Change)> Cases = new()
    {
        ["synced"] = ("stillSynced", RuleOutcome.Fail, w => Ann(w, a => a with { OnPremisesSyncEnabled = true })),
        ["leftover anchor"] = ("leftoverAnchor", RuleOutcome.Fail, _ => Task.CompletedTask),
        ["no anchor"] = ("leftoverAnchor", RuleOutcome.Pass, w => Ann(w, a => a with { Anchor = null })),
        ["employee number as anchor"] = ("foreignAnchor", RuleOutcome.Fail, w => Ann(w, a => a with { Anchor = new("E1001") })),
        ["anchor lives in AD"] = ("anchorInUse", RuleOutcome.Fail, w => UploadAsync(w, Samples.AnnsAccount, Holder)),
        ["deleted user holds the anchor"] = ("softDeletedHolder", RuleOutcome.Fail, w => Facts(w, f => f with { SoftDeletedHolders = Reading.Known(new[] { Guid.NewGuid() }.ToLookup(_ => Samples.OldAnchor)) })),
        ["deleted users unreadable"] = ("softDeletedHolder", RuleOutcome.Unknown, w => Facts(w, f => f with { SoftDeletedHolders = Reading.Unknown<ILookup<SourceAnchor, Guid>>("403") })),
        ["account moved"] = ("anchorDrifted", RuleOutcome.Fail, w => UploadAsync(w, Samples.AnnsAccount with { Sid = Samples.Ann.OnPremises.SecurityIdentifier })),
        ["no account"] = ("partnerMissing", RuleOutcome.Fail, w => UploadAsync(w, Other)),
        ["two accounts"] = ("partnerAmbiguous", RuleOutcome.Fail, w => UploadAsync(w, Samples.AnnsAccount, Other with { Mail = "ann@corp.example" })),
        ["account is matched"] = ("partnerTaken", RuleOutcome.Fail, w => Put(w, Samples.Ann with { Id = Guid.NewGuid(), UserPrincipalName = "al@corp.example", Mail = null, ProxyAddresses = [], Anchor = Samples.ExpectedAnchor })),
        ["old inventory"] = ("partnerTaken", RuleOutcome.Unknown, AgeAsync),
        ["old inventory, said first"] = ("inventories", RuleOutcome.Unknown, AgeAsync),
        ["inventory's file gone"] = ("inventories", RuleOutcome.Unknown, LoseFileAsync),
        ["another user has the address"] = ("addressOwner", RuleOutcome.Fail, w => Put(w, Samples.Ann with { Id = Guid.NewGuid(), UserPrincipalName = "al@corp.example", Anchor = null })),
        ["a group has the address"] = ("addressOwner", RuleOutcome.Fail, w => Set(() => w.Directory.GroupOwners = Owners("Sales"))),
        ["a contact has the address"] = ("addressOwner", RuleOutcome.Fail, w => Set(() => w.Directory.ContactOwners = Owners("Ann (external)"))),
        ["contacts unreadable"] = ("addressOwner", RuleOutcome.Unknown, w => Set(() => w.Directory.ContactOwners = Reading.Unknown<IReadOnlyList<AddressOwner>>("403"))),
        ["a deleted user had the address"] = ("addressOwner", RuleOutcome.Pass, w => Set(() => w.Directory.DeletedUsers = Deleted())),
        ["duplicate"] = ("duplicateInQuarantine", RuleOutcome.Fail, w => Facts(w, f => f with { Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([new(Guid.NewGuid(), "ann1234@corp.onmicrosoft.com", "ann@corp.example")]) })),
        ["federated"] = ("federatedDomain", RuleOutcome.Fail, w => Ann(w, a => a with { UserPrincipalName = "ann@fed.example" })),
        ["domains unreadable"] = ("federatedDomain", RuleOutcome.Unknown, w => Facts(w, f => f with { FederatedByDomain = Reading.Unknown<IReadOnlyDictionary<string, bool>>("403") })),
        ["onmicrosoft.com name"] = ("cloudOnlyName", RuleOutcome.Fail, w => Ann(w, a => a with { UserPrincipalName = "ann@corp.onmicrosoft.com" })),
        ["cloud-managed"] = ("cloudManaged", RuleOutcome.Fail, w => Set(() => w.Directory.UserFacts[Samples.Ann.Id] = Samples.UserFacts with { IsCloudManaged = Reading.Known(true) })),
        ["restored"] = ("previouslySynced", RuleOutcome.Fail, w => Ann(w, a => a with { OnPremisesSyncEnabled = false })),
        ["role"] = ("activeRole", RuleOutcome.Fail, w => Facts(w, f => f with { ActiveRoles = AnnsRole })),
        ["eligible role"] = ("eligibleRole", RuleOutcome.Fail, w => Facts(w, f => f with { EligibleRoles = AnnsRole })),
        ["roles unreadable"] = ("activeRole", RuleOutcome.Unknown, w => Facts(w, f => f with { ActiveRoles = Reading.Unknown<IReadOnlyDictionary<Guid, string>>("403") })),
        ["protected"] = ("protectedUser", RuleOutcome.Fail, w => w.RegisterAsync(t => t with { Policy = t.Policy with { ProtectedUserIds = [Samples.Ann.Id] } })),
        ["restricted unit"] = ("restrictedUnit", RuleOutcome.Fail, w => Ann(w, a => a with { IsManagementRestricted = true })),
        ["guest"] = ("guest", RuleOutcome.Fail, w => Ann(w, a => a with { UserType = "Guest" })),
        ["shared mailbox"] = ("resourceMailbox", RuleOutcome.Fail, w => Set(() => w.Directory.UserFacts[Samples.Ann.Id] = Samples.UserFacts with { MailboxPurpose = Reading.Known<string?>("shared") })),
        ["object identifier of another account"] = ("foreignObjectIdentifier", RuleOutcome.Fail, w => Ann(w, a => a with { OnPremises = a.OnPremises with { ObjectIdentifier = Guid.NewGuid().ToString() } })),
        ["soft match blocked"] = ("softMatchBlocked", RuleOutcome.Fail, w => Facts(w, f => f with { Features = Reading.Known(new SyncFeatures(true, true)) })),
        ["sync stopped"] = ("tenantSync", RuleOutcome.Fail, w => Facts(w, f => f with { Sync = Reading.Known(new OrganisationSync(true, Samples.Now.AddDays(-3))) })),
        ["sync off"] = ("tenantSync", RuleOutcome.Fail, w => Facts(w, f => f with { Sync = Reading.Known(new OrganisationSync(null, null)) })),
        ["sync unreadable"] = ("tenantSync", RuleOutcome.Unknown, w => Facts(w, f => f with { Sync = Reading.Unknown<OrganisationSync>("403") })),
    };

    private readonly World _world = new();

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task HandleAsync_OneThingChanged_IsSaidByItsCheckWithWhatToDo(string name)
    {
        var (expected, state, change) = Cases[name];
        await _world.GivenAnnAsync();
        await change(_world);

        var diagnosis = await DiagnoseAsync(Samples.Ann.Id.ToString());

        var check = Assert.Single(diagnosis.Checks, check => check.Name == expected);
        Assert.Equal(state, check.State);
        Assert.Equal(state is RuleOutcome.Pass, check.WhatToDo is null);
        Assert.True(diagnosis.Conclusion.NextStep.Length > 10);
    }

    [Fact]
    public async Task HandleAsync_PerfectCandidate_PassesAllButTheLeftoverAnchorInASpecialistsOrder()
    {
        await _world.GivenAnnAsync();

        var diagnosis = await DiagnoseAsync(Samples.Ann.Id.ToString());

        Assert.Equal("leftoverAnchor", Assert.Single(diagnosis.Checks, check => check.State is not RuleOutcome.Pass).Name);
        Assert.Equal(DiagnosisChecks.Order.Order(), diagnosis.Checks.Select(check => check.Name).Order());
        Assert.Equal(["userExists", "stillSynced", "inventories", "leftoverAnchor"], diagnosis.Checks.Take(4).Select(check => check.Name));
        Assert.Contains("6f9619ff-8b86-d011-b42d-00c04fc964ff", diagnosis.Checks[3].Seen, StringComparison.Ordinal);
        Assert.Equal((Classification.Candidate, Samples.ExpectedAnchor), (diagnosis.Classification, diagnosis.ExpectedAnchor));
        Assert.Equal(["AttributeValueMustBeUnique", "InvalidSoftMatch"], diagnosis.ExpectedErrors);
    }

    [Theory]
    [InlineData("ANN@corp.example")]
    [InlineData("aaaaaaaa-0000-4000-8000-000000000001")]
    public async Task HandleAsync_NameOrId_FindsTheUser(string text)
    {
        await _world.GivenAnnAsync();

        Assert.Equal(Samples.Ann.Id, (await DiagnoseAsync(text)).UserId);
    }

    [Fact]
    public async Task HandleAsync_AddressThatIsNoName_FindsItsOwner()
    {
        await _world.GivenAnnAsync();
        await Ann(_world, ann => ann with { UserPrincipalName = "a.lee@corp.example" });

        Assert.Equal(Samples.Ann.Id, (await DiagnoseAsync("ann@corp.example")).UserId);
    }

    [Theory]
    [InlineData("nobody@corp.example")]
    [InlineData("aaaaaaaa-0000-4000-8000-00000000ffff")]
    [InlineData("$count")]
    public async Task HandleAsync_Nobody_IsNothing(string text)
    {
        await _world.GivenAnnAsync();

        Assert.Null(await _world.Get<DiagnoseUserHandler>().HandleAsync(new(_world.Tenant.Id, text, null), World.Cancellation));
    }

    [Fact]
    public async Task HandleAsync_NobodyAndTheBinUnreadable_IsNotTakenForNobody()
    {
        await _world.RegisterAsync();
        _world.Directory.DeletedUsers = Reading.Unknown<IReadOnlyList<DeletedUser>>("403");

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => DiagnoseAsync("nobody@corp.example"));
    }

    [Fact]
    public async Task HandleAsync_UserInTheBin_SaysSo()
    {
        await _world.RegisterAsync();
        _world.Directory.DeletedUsers = Deleted();

        var diagnosis = await DiagnoseAsync("ann@corp.example");

        Assert.Contains("deleted", diagnosis.Conclusion.Cause, StringComparison.Ordinal);
        Assert.Equal(("userExists", RuleOutcome.Fail), (diagnosis.Checks[0].Name, diagnosis.Checks[0].State));
    }

    [Fact]
    public async Task Conclusion_LeftoverNotProposed_NamesTheCauseAndTheScan()
    {
        await _world.GivenAnnAsync();

        var (cause, nextStep, _, _) = (await DiagnoseAsync("ann@corp.example")).Conclusion;

        Assert.Contains("still carries the ImmutableID of an AD account that no longer exists", cause, StringComparison.Ordinal);
        Assert.Contains("may already be associated with another object", cause, StringComparison.Ordinal);
        Assert.Contains("ann (corp)", cause, StringComparison.Ordinal);
        Assert.Contains("start a scan", nextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_Proposed_NamesTheProposalThatWaits()
    {
        var proposal = await _world.GivenProposalAsync();

        var conclusion = (await DiagnoseAsync("ann@corp.example")).Conclusion;

        Assert.Equal((proposal.Id, ProposalStatus.Pending), (conclusion.ProposalId, conclusion.ProposalStatus));
        Assert.Contains($"proposal {proposal.Id} waits for approval", conclusion.NextStep, StringComparison.Ordinal);
        Assert.Contains("Olga Operator", conclusion.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProposalStatus.Approved, "is approved, and the clear is being made")]
    [InlineData(ProposalStatus.Rejected, "Anton Approver rejected")]
    [InlineData(ProposalStatus.Expired, "expired before anybody decided")]
    [InlineData(ProposalStatus.Superseded, "came to nothing: The user changed.")]
    [InlineData(ProposalStatus.Refused, "was refused: 403")]
    [InlineData(ProposalStatus.Restored, "had the ImmutableID put back")]
    public async Task Conclusion_ProposalInState_SaysWhatComesNext(ProposalStatus status, string expected)
    {
        var proposal = await _world.GivenProposalAsync();
        var found = (await _world.Proposals.FindLatestAsync(proposal.Tenant, Samples.Ann.Id, World.Cancellation))!;
        var now = _world.Clock.GetUtcNow();
        var approved = proposal.Decide(Samples.Approve(proposal));
        await _world.Proposals.TryUpdateAsync(
            found,
            status switch
            {
                ProposalStatus.Approved => approved,
                ProposalStatus.Rejected => proposal.Decide(Samples.Reject(proposal)),
                ProposalStatus.Expired => proposal.Expire(now),
                ProposalStatus.Superseded => proposal.Supersede("The user changed.", now),
                ProposalStatus.Refused => approved.BeginClear(now, now).Refuse(new(RefusalCause.Permission, "403"), now),
                _ => approved.BeginClear(now, now).CompleteClear(now, now).BeginRestore(new(Samples.Anton, now, "a mistake")).CompleteRestore(now),
            },
            World.Cancellation);

        var conclusion = (await DiagnoseAsync("ann@corp.example")).Conclusion;

        Assert.Equal(status, conclusion.ProposalStatus);
        Assert.Contains(expected, conclusion.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RefusalCause.Permission, 0, "When that is settled, start a scan")]
    [InlineData(RefusalCause.Unknown, 29, "With the same evidence it is not proposed again before 2026-")]
    [InlineData(RefusalCause.Unknown, 31, "When that is settled, start a scan")]
    public async Task Conclusion_ClearRefused_NamesTheDateOfWhatIsHeldBack(RefusalCause cause, int days, string expected)
    {
        var proposal = await _world.GivenProposalAsync();
        var found = (await _world.Proposals.FindLatestAsync(proposal.Tenant, Samples.Ann.Id, World.Cancellation))!;
        var now = _world.Clock.GetUtcNow();
        var refused = proposal.Decide(Samples.Approve(proposal)).BeginClear(now, now).Refuse(new(cause, "400"), now.AddDays(-days));
        await _world.Proposals.TryUpdateAsync(found, refused, World.Cancellation);

        Assert.Contains(expected, (await DiagnoseAsync("ann@corp.example")).Conclusion.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_ApprovedClearWaits_SaysForWhat()
    {
        var proposal = await _world.GivenApprovedAsync();
        var found = (await _world.Proposals.FindLatestAsync(proposal.Tenant, Samples.Ann.Id, World.Cancellation))!;
        await _world.Proposals.TryUpdateAsync(
            found, proposal.WaitFor(new("Writes to this tenant are paused.", _world.Clock.GetUtcNow().AddHours(1))), World.Cancellation);

        Assert.Contains("is approved, but waits: Writes to this tenant are paused.", (await DiagnoseAsync("ann@corp.example")).Conclusion.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_PolicyAsksForSightings_SaysThatOneScanIsNotEnough()
    {
        await _world.GivenAnnAsync();
        await _world.RegisterAsync(tenant => tenant with { Policy = tenant.Policy with { MinimumSightings = 3, MinimumSightingDays = 2 } });

        Assert.Contains("When 3 scans over 2 days", (await DiagnoseAsync("ann@corp.example")).Conclusion.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_ReportMode_SaysWhoCanChangeThat()
    {
        await _world.RegisterAsync(tenant => tenant with { Mode = TenantMode.Report });
        await _world.UploadAsync(Samples.AnnsAccount);
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann);

        Assert.Contains("report mode", (await DiagnoseAsync("ann@corp.example")).Conclusion.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("synced", "This user is synced already", "Nothing has to be done")]
    [InlineData("no anchor", "carries no ImmutableID", "Run a sync")]
    [InlineData("anchor lives in AD", "Reanchor will not clear it. holder (corp) holds this anchor", "scope of sync")]
    [InlineData("role", "Reanchor will not clear it. The user holds a directory role", "Remove the roles")]
    [InlineData("roles unreadable", "cannot be told yet", "Settle what is named here")]
    [InlineData("a group has the address", "Clearing it would not be enough: The group Sales", "Take the address away")]
    [InlineData("account is matched", "Reanchor will not clear it. ann (corp) is matched to another user", "Find out which")]
    [InlineData("sync stopped", "Clearing it would not be enough: The last directory sync was", "Get the sync running")]
    public async Task Conclusion_Trouble_NamesCauseAndNextStep(string name, string cause, string nextStep)
    {
        await _world.GivenAnnAsync();
        await Cases[name].Change(_world);

        var conclusion = (await DiagnoseAsync(Samples.Ann.Id.ToString())).Conclusion;

        Assert.Contains(cause, conclusion.Cause, StringComparison.Ordinal);
        Assert.Contains(nextStep, conclusion.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("protected")]
    [InlineData("restricted unit")]
    [InlineData("shared mailbox")]
    public async Task Conclusion_NoAnchorButProtectedFromClears_IsNoObstacleToAMatch(string name)
    {
        await _world.GivenAnnAsync();
        await Cases[name].Change(_world);
        await Put(_world, _world.Directory.User(_world.Tenant.Id, Samples.Ann.Id) with { Anchor = null });

        Assert.Contains("Nothing stands in the way", (await DiagnoseAsync("ann@corp.example")).Conclusion.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_TheDuplicateItself_PointsAtTheRightUser()
    {
        await _world.GivenAnnAsync();
        await Ann(_world, ann => ann with { OnPremisesSyncEnabled = true, UserPrincipalName = "ann1234@corp.onmicrosoft.com" });
        await Facts(_world, facts => facts with { Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([new(Samples.Ann.Id, "ann1234@corp.onmicrosoft.com", "ann@corp.example")]) });

        var diagnosis = await DiagnoseAsync(Samples.Ann.Id.ToString());

        Assert.Contains("Ask for the diagnosis of ann@corp.example", diagnosis.Conclusion.NextStep, StringComparison.Ordinal);
        Assert.Contains("QuarantinedAttributeValueMustBeUnique", diagnosis.ExpectedErrors);
    }

    [Theory]
    [InlineData("leftover anchor", "attributevaluemustbeunique", Likelihood.Yes)]
    [InlineData("old inventory", "AttributeValueMustBeUnique", Likelihood.Unknown)]
    [InlineData("no anchor", "InvalidSoftMatch", Likelihood.No)]
    [InlineData("anchor lives in AD", "InvalidHardMatch", Likelihood.Yes)]
    [InlineData("leftover anchor", "InvalidHardMatch", Likelihood.No)]
    [InlineData("a group has the address", "ObjectTypeMismatch", Likelihood.Yes)]
    [InlineData("contacts unreadable", "ObjectTypeMismatch", Likelihood.Unknown)]
    [InlineData("duplicate", "QuarantinedAttributeValueMustBeUnique", Likelihood.Yes)]
    [InlineData("soft match blocked", "QuarantinedAttributeValueMustBeUnique", Likelihood.Yes)]
    [InlineData("role", "Existing Admin Role Conflict", Likelihood.Yes)]
    [InlineData("roles unreadable", "ExistingAdminRoleConflict", Likelihood.Unknown)]
    [InlineData("object identifier of another account", "AttributeUpdateNotAllowed", Likelihood.Yes)]
    [InlineData("restored", "DeletingCloudOnlyObjectNotAllowed", Likelihood.Yes)]
    [InlineData("leftover anchor", "FederatedDomainChangeError", Likelihood.No)]
    public async Task Error_AskedAbout_IsExplainedForThisUser(string name, string error, Likelihood expected)
    {
        await _world.GivenAnnAsync();
        await Cases[name].Change(_world);

        var diagnosis = await DiagnoseAsync(Samples.Ann.Id.ToString(), error);

        Assert.Equal(expected, diagnosis.Error!.Occurs);
        Assert.Equal(expected is Likelihood.Yes, diagnosis.ExpectedErrors.Contains(diagnosis.Error.Name));
    }

    [Fact]
    public void Errors_EveryCheckThatTells_IsACheckOfADiagnosis()
    {
        Assert.All(SyncErrors.All, error => Assert.NotEmpty(error.Checks));
        Assert.All(
            SyncErrors.All.SelectMany(error => error.Checks).Concat(Conclusions.AboutClearsOnly),
            name => Assert.Contains(name, DiagnosisChecks.Order));
    }

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private static Task Facts(World world, Func<TenantFacts, TenantFacts> change) =>
        Set(() => world.Directory.TenantFacts = change(world.Directory.TenantFacts));

    private static Task Put(World world, CloudUser user) => Set(() => world.Directory.Put(world.Tenant.Id, user));

    private static Task Ann(World world, Func<CloudUser, CloudUser> change) => Put(world, change(Samples.Ann));

    private static Task<InventoryRecord> UploadAsync(World world, params DirectoryAccount[] accounts)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        return world.UploadAsync(accounts);
    }

    private static Task AgeAsync(World world) => Set(() => world.Clock.Advance(TimeSpan.FromHours(25)));

    private static async Task LoseFileAsync(World world)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Archive.Delete(await world.UploadAsync(Samples.AnnsAccount));
    }

    private static Reading<IReadOnlyList<AddressOwner>> Owners(string name) =>
        Reading.Known<IReadOnlyList<AddressOwner>>([new(Guid.NewGuid(), name)]);

    private static Reading<IReadOnlyList<DeletedUser>> Deleted() =>
        Reading.Known<IReadOnlyList<DeletedUser>>([new(Guid.NewGuid(), "ann@corp.example", "Ann Lee", [], Samples.Now.AddDays(-2))]);

    private async Task<UserDiagnosis> DiagnoseAsync(string user, string? error = null) =>
        (await _world.Get<DiagnoseUserHandler>().HandleAsync(new(_world.Tenant.Id, user, error), World.Cancellation))!;
}
