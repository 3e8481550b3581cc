using Reanchor.Contracts;
using Reanchor.Diagnosis;
using static Reanchor.UnitTests.Diagnosis.DiagnosisCases;

namespace Reanchor.UnitTests.Diagnosis;

/// <summary>The errors of a sync, as a diagnosis explains them.</summary>
public sealed class DiagnosedErrorTests : DiagnosisTests
{
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
        await World.GivenAnnAsync();
        await Cases[name].Change(World);

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
}
