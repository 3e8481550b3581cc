using Reanchor.Contracts;
using Reanchor.Diagnosis;
using Reanchor.Scanning;
using Reanchor.Scanning.Rules;
using static Reanchor.UnitTests.Diagnosis.DiagnosisCases;

namespace Reanchor.UnitTests.Diagnosis;

public sealed class DiagnoseUserHandlerTests : DiagnosisTests
{
    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task HandleAsync_OneThingChanged_IsSaidByItsCheckWithWhatToDo(string name)
    {
        var (expected, state, change) = Cases[name];
        await World.GivenAnnAsync();
        await change(World);

        var diagnosis = await DiagnoseAsync(Samples.Ann.Id.ToString());

        var check = Assert.Single(diagnosis.Checks, check => check.Name == expected);
        Assert.Equal(state, check.State);
        Assert.Equal(state is RuleOutcome.Pass, check.WhatToDo is null);
        Assert.True(diagnosis.Conclusion.NextStep.Length > 10);
    }

    [Fact]
    public async Task HandleAsync_PerfectCandidate_PassesAllButTheLeftoverAnchorInASpecialistsOrder()
    {
        await World.GivenAnnAsync();

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
        await World.GivenAnnAsync();

        Assert.Equal(Samples.Ann.Id, (await DiagnoseAsync(text)).UserId);
    }

    [Fact]
    public async Task HandleAsync_AddressThatIsNoName_FindsItsOwner()
    {
        await World.GivenAnnAsync();
        await Ann(World, ann => ann with { UserPrincipalName = "a.lee@corp.example" });

        Assert.Equal(Samples.Ann.Id, (await DiagnoseAsync("ann@corp.example")).UserId);
    }

    [Theory]
    [InlineData("nobody@corp.example")]
    [InlineData("aaaaaaaa-0000-4000-8000-00000000ffff")]
    [InlineData("$count")]
    public async Task HandleAsync_Nobody_IsNothing(string text)
    {
        await World.GivenAnnAsync();

        Assert.Null(await World.Get<DiagnoseUserHandler>().HandleAsync(new(World.Tenant.Id, text, null), World.Cancellation));
    }

    [Fact]
    public async Task HandleAsync_NobodyAndTheBinUnreadable_IsNotTakenForNobody()
    {
        await World.RegisterAsync();
        World.Directory.DeletedUsers = Reading.Unknown<IReadOnlyList<DeletedUser>>("403");

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => DiagnoseAsync("nobody@corp.example"));
    }

    [Fact]
    public async Task HandleAsync_UserInTheBin_SaysSo()
    {
        await World.RegisterAsync();
        World.Directory.DeletedUsers = Deleted();

        var diagnosis = await DiagnoseAsync("ann@corp.example");

        Assert.Contains("deleted", diagnosis.Conclusion.Cause, StringComparison.Ordinal);
        Assert.Equal(("userExists", RuleOutcome.Fail), (diagnosis.Checks[0].Name, diagnosis.Checks[0].State));
    }
}
