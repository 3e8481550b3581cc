using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

/// <summary>What holds for every user, whatever else is true of it: careful facts only ever make the answer more careful.</summary>
public sealed class ClassificationProperties
{
    private const int Users = 2000;

    private static readonly CaseFact[] Vocabulary =
    [
        .. typeof(CaseFacts).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(p => p.PropertyType == typeof(CaseFact)).Select(p => (CaseFact)p.GetValue(null)!),
        .. UnreadFacts.Names.Select(UnreadFacts.Unread),
    ];

    /// <summary>Facts with which Ann is still a candidate, as long as no other is added.</summary>
    private static readonly CaseFact[] Harmless = [.. Vocabulary.Where(IsHarmless)];

    private static readonly CaseFact[] Harmful = [.. Vocabulary.Where(fact => !IsHarmless(fact))];

    /// <summary>Half of the users have no harmful fact, so that candidates are common.</summary>
    private static readonly Gen<ClassificationCase> Cases =
        from harmless in Gen.Elements(Harmless).ListOf(3)
        from many in Gen.Choose(0, 3)
        from harmful in Gen.Elements(Harmful).ListOf(many == 3 ? 3 : many == 2 ? 1 : 0)
        from order in Gen.Shuffle(harmless.Concat(harmful).ToArray())
        select order.Aggregate(CaseFacts.Ann, (c, fact) => fact.Change(c));

    /// <summary>A policy may allow users without a partner, or restored ones: these two facts take others away, as well as adding.</summary>
    private static readonly CaseFact[] Adding = [.. Harmful.Except([CaseFacts.NoPartner, CaseFacts.Restored])];

    private static readonly CaseFact[] Unreadable = [.. UnreadFacts.Names.Select(UnreadFacts.Unread)];

    /// <summary>Without this the properties below could hold because nobody is ever a candidate.</summary>
    [Fact]
    public void Cases_AreCandidatesOftenButNotAlways()
    {
        var candidates = Cases.Sample(Users).Count(IsCandidate);

        Assert.InRange(candidates, Users / 5, Users * 4 / 5);
    }

    [Fact]
    public void Classify_ProtectionAdded_IsNoCandidate() => Prop
        .ForAll(Cases.ToArbitrary(), Gen.Elements(Protections).ToArbitrary(), (c, protection) => !IsCandidate(protection.Change(c)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Users));

    /// <summary>A second account or a second claim; where there is no first one, adding "another" gives it its first.</summary>
    [Fact]
    public void Classify_SecondPartnerAdded_IsNoCandidate() => Prop
        .ForAll(Cases.ToArbitrary(), c => HasNoPartner(c) || !IsCandidate(CaseFacts.SecondPartner.Change(c)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Users));

    [Fact]
    public void Classify_EvidenceRemoved_NeverMakesACandidate() => Prop
        .ForAll(Cases.ToArbitrary(), Gen.Elements(Unreadable).ToArbitrary(), (c, unread) => IsCandidate(c) || !IsCandidate(unread.Change(c)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Users));

    /// <summary>Whatever speaks against a clear by itself never speaks for one beside something else.</summary>
    [Fact]
    public void Classify_AnyHarmfulFactAdded_NeverMakesACandidate() => Prop
        .ForAll(Cases.ToArbitrary(), Gen.Elements(Adding).ToArbitrary(), (c, fact) => IsCandidate(c) || !IsCandidate(fact.Change(c)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Users));

    [Fact]
    public void Classify_AnyUser_IsACandidateExactlyWhenNoCheckFailed() => Prop
        .ForAll(Cases.ToArbitrary(), c =>
        {
            var assessment = CandidateClassifier.Classify(c);
            return assessment.Classification is Classification.Candidate == (assessment.FailedChecks.Count == 0)
                && assessment.FailedChecks.Select(f => f.Classification).SequenceEqual(assessment.FailedChecks.Select(f => f.Classification).Order());
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Users));

    private static CaseFact[] Protections =>
    [
        CaseFacts.ActiveRole, CaseFacts.EligibleRole, CaseFacts.RoleAssignableGroup, CaseFacts.EligibleForGroup, CaseFacts.PolicyProtects,
        CaseFacts.InProtectedGroup, CaseFacts.Excepted, CaseFacts.RestrictedUnit, CaseFacts.CloudManaged, CaseFacts.GivenBackToAd,
        CaseFacts.GuestType, CaseFacts.Invited,
    ];

    private static bool IsHarmless(CaseFact fact) => IsCandidate(fact.Change(CaseFacts.Ann));

    private static bool IsCandidate(ClassificationCase c) => CandidateClassifier.Classify(c).Classification is Classification.Candidate;

    private static bool HasNoPartner(ClassificationCase c) => c.Inventory is { IsKnown: true, Value.Partners.Count: 0 };
}
