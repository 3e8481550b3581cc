using System.Text.Json;
using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Json;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

/// <summary>What the classifier says besides the class.</summary>
public sealed class AssessmentTests
{
    private static readonly ClassificationCase Good = Case(Samples.Ann, Samples.AnnsAccount);

    [Fact]
    public void Classify_Candidate_NamesThePartnerAndHowItWasFound()
    {
        var assessment = CandidateClassifier.Classify(Good);

        JsonAssert.Same(
            new Partner(Samples.Corp, Samples.AnnsAccount.ObjectGuid, "ann@corp.example", "ann", ["userPrincipalName", "primarySmtpAddress"]),
            assessment.Partner);
        Assert.Equal(Prediction.SoftMatch, assessment.Prediction);
    }

    /// <summary>Findings of before rules had names are in the tables of every installation.</summary>
    [Fact]
    public void FailedCheck_StoredWithoutTheRulesName_IsRead()
    {
        var read = JsonSerializer.Deserialize<FailedCheck>("""{"classification":"Guest","reason":"The user is external."}""", ReanchorJson.Options);

        Assert.Equal(new FailedCheck(Classification.Guest, "The user is external.", ""), read);
    }

    [Fact]
    public void Classify_SeveralApply_TakesTheFirstInOrderAndListsAllThatFailed()
    {
        var assessment = CandidateClassifier.Classify(Good with
        {
            User = Samples.Ann with { UserType = "Guest", UserPrincipalName = "ann@fed.example" },
            UserFacts = Samples.UserFacts with { MailboxPurpose = Reading.Known<string?>("room") },
            Tenant = Good.Tenant with { Policy = new() { ProtectedUserIds = [Samples.Ann.Id] } },
            TenantFacts = Samples.Facts with { Features = Reading.Unknown<SyncFeatures>("403") },
            WasCloudManaged = true,
        });

        Assert.Equal(Classification.FederatedDomain, assessment.Classification);
        Assert.Equal(
            [
                Classification.FederatedDomain, Classification.AuthorityReverted, Classification.Protected, Classification.Guest,
                Classification.NeedsReview, Classification.EvidenceInsufficient,
            ],
            assessment.FailedChecks.Select(f => f.Classification));
        Assert.Equal(assessment.FailedChecks[0].Reason, assessment.Reason);
    }

    [Fact]
    public void Classify_SyncAccountByItsRole_IsPrivilegedFirst()
    {
        var assessment = CandidateClassifier.Classify(Good with
        {
            TenantFacts = Samples.Facts with
            {
                ActiveRoles = Reading.Known<IReadOnlyDictionary<Guid, string>>(
                    new Dictionary<Guid, string> { [Samples.Ann.Id] = WellKnownRoles.DirectorySynchronizationAccounts }),
            },
        });

        Assert.Equal(
            [Classification.Privileged, Classification.SyncAccount], assessment.FailedChecks.Select(f => f.Classification));
    }

    [Fact]
    public void Classify_OwnEntryAmongTheDuplicates_IsNoObjection()
    {
        var assessment = CandidateClassifier.Classify(Good with
        {
            TenantFacts = Samples.Facts with
            {
                Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([new(Samples.Ann.Id, "ann@corp.example", "ann@corp.example")]),
            },
        });

        Assert.Equal(Classification.Candidate, assessment.Classification);
    }

    [Fact]
    public void Classify_PartnersOwnObjectIdentifier_IsNoObjectionButAWarning()
    {
        var user = Samples.Ann with { OnPremises = new() { ObjectIdentifier = Samples.AnnsAccount.ObjectGuid.ToString().ToUpperInvariant() } };

        var assessment = CandidateClassifier.Classify(Case(user, Samples.AnnsAccount));

        Assert.Equal(Classification.Candidate, assessment.Classification);
        Assert.Contains(assessment.Warnings, w => w.Contains("onPremisesObjectIdentifier", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("consistencyGuid", false, "V0wvDG5/NUqMOG9viisdEQ==")]
    [InlineData("consistencyGuid", true, "F4VX4jwdb0qfKwxdHi86Sw==")]
    [InlineData("objectGuid", true, "V0wvDG5/NUqMOG9viisdEQ==")]
    [InlineData("employeeID", true, "E1001")]
    public void Classify_AnchorAttribute_DecidesTheExpectedAnchor(string attribute, bool consistencyGuidSet, string expected)
    {
        var account = Samples.AnnsAccount with
        {
            ConsistencyGuid = consistencyGuidSet ? Guid.Parse("e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b") : null,
            CustomAnchor = "E1001",
        };
        var subject = Case(Samples.Ann, account);

        var assessment = CandidateClassifier.Classify(subject with { Tenant = subject.Tenant with { AnchorAttribute = AnchorAttribute.Parse(attribute, null) } });

        Assert.Equal(Classification.Candidate, assessment.Classification);
        Assert.Equal(expected, assessment.ExpectedAnchor!.Value);
    }

    [Fact]
    public void Classify_PartnerWithOddConsistencyGuid_ExpectsItsBytes()
    {
        var assessment = CandidateClassifier.Classify(Case(Samples.Ann, Samples.AnnsAccount with { ConsistencyGuid = null, OddConsistencyGuid = "AQID" }));

        Assert.Equal("AQID", assessment.ExpectedAnchor!.Value);
    }

    [Theory]
    [InlineData(true, Prediction.Duplicate)]
    [InlineData(false, Prediction.SoftMatch)]
    public void Classify_SoftMatchSwitch_DecidesThePrediction(bool blocked, Prediction expected)
    {
        var assessment = CandidateClassifier.Classify(Good with
        {
            TenantFacts = Samples.Facts with { Features = Reading.Known(new SyncFeatures(blocked, false)) },
        });

        Assert.Equal(expected, assessment.Prediction);
    }

    [Fact]
    public void Classify_RoleHolder_IsPredictedToBeRefused()
    {
        var assessment = CandidateClassifier.Classify(Good with
        {
            TenantFacts = Samples.Facts with
            {
                RoleAssignableGroupPrincipals = Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid> { Samples.Ann.Id }),
            },
        });

        Assert.Equal(Prediction.Refused, assessment.Prediction);
    }

    [Fact]
    public void Classify_NotACandidate_PredictsNothing() => Assert.Equal(
        Prediction.Unknown, CandidateClassifier.Classify(Good with { WasCloudManaged = true }).Prediction);

    [Theory]
    [InlineData(true, 1, "overwrites")]
    [InlineData(false, 2, "is disabled")]
    [InlineData(null, 2, "does not say")]
    public void Classify_PartnersState_IsAWarning(bool? enabled, int count, string text)
    {
        var assessment = CandidateClassifier.Classify(Case(Samples.Ann, Samples.AnnsAccount with { Enabled = enabled }));

        Assert.Equal(Classification.Candidate, assessment.Classification);
        Assert.Equal(count, assessment.Warnings.Count);
        Assert.Contains(text, assessment.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_AnotherAccountHasTheAddressAsASecondaryOne_IsAWarningNotAMatch()
    {
        var other = new DirectoryAccount { ObjectGuid = Guid.NewGuid(), SamAccountName = "al", ProxyAddresses = ["smtp:ann@corp.example"] };

        var assessment = CandidateClassifier.Classify(Good with
        {
            Inventory = Reading.Known(new InventoryEvidence
            {
                Partners = [new(Samples.Corp, Samples.AnnsAccount)],
                SecondaryAddressHolders = [new(Samples.Corp, other)],
            }),
        });

        Assert.Equal(Classification.Candidate, assessment.Classification);
        Assert.Contains(assessment.Warnings, w => w.StartsWith("al (corp) has the user's name or address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("smtp:al@corp.example", "1 secondary address of")]
    [InlineData("smtp:al@corp.example;smtp:lee@corp.example;SIP:ann@corp.example", "2 secondary addresses of")]
    public void Classify_AddressesThatAdDoesNotList_AreCounted(string addresses, string text)
    {
        var user = Samples.Ann with { ProxyAddresses = [.. Samples.Ann.ProxyAddresses, .. addresses.Split(';'), "smtp:KEPT@corp.example"] };
        var account = Samples.AnnsAccount with { ProxyAddresses = [.. Samples.AnnsAccount.ProxyAddresses, "smtp:kept@corp.example"] };

        var assessment = CandidateClassifier.Classify(Case(user, account));

        Assert.Contains(assessment.Warnings, w => w.StartsWith(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Classify_PartnerCouldMatchAnotherUserAsWell_IsAmbiguous()
    {
        var rival = Guid.NewGuid();

        var assessment = CandidateClassifier.Classify(Good with
        {
            Claims = PartnerClaims.None with { NameHolders = Reading.Known<IReadOnlyList<Guid>>([Samples.Ann.Id, rival]) },
        });

        Assert.Equal(Classification.AmbiguousPartner, assessment.Classification);
        Assert.Contains(rival.ToString(), assessment.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_PartnerHasAnotherUpn_SaysThatTheSignInNameChanges()
    {
        var account = Samples.AnnsAccount with { UserPrincipalName = "ann.lee@corp.example" };

        var assessment = CandidateClassifier.Classify(Case(Samples.Ann, account));

        Assert.Equal(Classification.Candidate, assessment.Classification);
        Assert.Contains("The sign-in name changes to ann.lee@corp.example.", assessment.Warnings);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, true)] // without a partner too
    [InlineData(true, true, false)] // in use, whatever else there is
    public void Classify_InventoriesLeaveADoubt_IsAWarningWhereTheAnchorWasNotFound(bool partner, bool held, bool warned)
    {
        ListedAccount[] accounts = [new(Samples.Corp, Samples.AnnsAccount)];

        var assessment = CandidateClassifier.Classify(Good with
        {
            Inventory = Reading.Known(new InventoryEvidence
            {
                Partners = partner ? accounts : [],
                AnchorHolders = held ? accounts : [],
                Doubts = ["One may hold it."],
            }),
        });

        Assert.Equal(warned, assessment.Warnings.Contains("One may hold it."));
    }

    private static ClassificationCase Case(CloudUser user, DirectoryAccount partner) => new()
    {
        Tenant = Samples.NewTenant(),
        User = user,
        TenantFacts = Samples.Facts,
        UserFacts = Samples.UserFacts,
        Inventory = Reading.Known(new InventoryEvidence { Partners = [new(Samples.Corp, partner)] }),
        Claims = PartnerClaims.None,
    };
}
