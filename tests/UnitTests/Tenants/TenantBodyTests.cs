using System.Text.Json;
using Reanchor.Contracts;
using Reanchor.Functions.Tenants;
using Reanchor.Json;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Tenants;

public sealed class TenantBodyTests
{
    private static readonly TenantId Id = Samples.NewTenantId();

    [Theory]
    [InlineData("inventoryMaxAgeHours", "0", "must be a whole number from 1 to 720.")]
    [InlineData("maxProposalsPerScan", "10001", "must be a whole number from 1 to 10000.")]
    [InlineData("maxClearsPerHour", "0", "must be a whole number from 1 to 10000.")]
    [InlineData("minimumSightings", "0", "must be a whole number from 1 to 30.")]
    [InlineData("minimumSightings", "31", "must be a whole number from 1 to 30.")]
    [InlineData("minimumSightingDays", "-1", "must be a whole number from 0 to 90.")]
    [InlineData("minimumSightingDays", "91", "must be a whole number from 0 to 90.")]
    [InlineData("protectedUserIds", "null", "must be a list, or be left out.")]
    [InlineData("protectedGroupIds", "null", "must be a list, or be left out.")]
    public void Check_PolicyMemberOutOfRange_IsNamedAsInJson(string member, string value, string problem)
    {
        var error = Assert.Single(Read($$"""{"{{member}}":{{value}}}""").Check(Id));

        Assert.Equal(($"{member} {problem}", $"policy.{member}"), (error.Detail, error.Field));
    }

    [Theory]
    [InlineData("protectedUserIds", 1000)]
    [InlineData("protectedGroupIds", 100)]
    public void Check_TooManyIds_IsRefused(string member, int limit)
    {
        Assert.Empty(Read(Ids(member, limit)).Check(Id));
        var error = Assert.Single(Read(Ids(member, limit + 1)).Check(Id));

        Assert.Equal($"{member} must have at most {limit} ids.", error.Detail);
    }

    [Fact]
    public void Check_EveryLimitReached_IsFine()
    {
        var body = Read("""
            {"minimumSightings":30,"minimumSightingDays":90,"maxClearsPerHour":10000,"includePreviouslySynced":true,"includeForeignObjectIdentifier":true,"proposeWithoutPartner":true}
            """);

        Assert.Empty(body.Check(Id));
        Assert.Equal((30, 90, 10_000), (body.Policy.MinimumSightings, body.Policy.MinimumSightingDays, body.Policy.MaxClearsPerHour));
        Assert.True(body.Policy is { IncludePreviouslySynced: true, IncludeForeignObjectIdentifier: true, ProposeWithoutPartner: true });
    }

    [Theory]
    [InlineData("""{"minimumSighting":3}""")]
    [InlineData("""{"MinimumSightings":3}""")]
    [InlineData("""{"minimumSightings":"3"}""")]
    [InlineData("""{"minimumSightings":1.5}""")]
    [InlineData("""{"proposeWithoutPartner":"yes"}""")]
    public void Body_PolicyMemberUnknownOrOfAnotherKind_IsRefused(string policy) =>
        Assert.Throws<JsonException>(() => Read(policy));

    [Theory]
    [InlineData("\"consistencyGuid\"", true)]
    [InlineData("\"objectGuid\"", true)]
    [InlineData("\"employeeID\"", true)]
    [InlineData("\"custom\"", false)]
    [InlineData("\"employee ID\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    public void Check_AnchorAttribute_IsOneOfTheTwoOrAnLdapName(string value, bool accepted)
    {
        var body = JsonSerializer.Deserialize<TenantBody>($$"""{"displayName":"Corp","anchorAttribute":{{value}}}""", ReanchorJson.Strict)!;

        Assert.Equal(accepted ? [] : ["anchorAttribute"], body.Check(Id).Select(e => e.Field));
    }

    private static string Ids(string member, int count) =>
        $$"""{"{{member}}":[{{string.Join(',', Enumerable.Range(0, count).Select(_ => $"\"{Guid.NewGuid()}\""))}}]}""";

    private static TenantBody Read(string policy) =>
        JsonSerializer.Deserialize<TenantBody>($$"""{"displayName":"Corp","policy":{{policy}}}""", ReanchorJson.Strict)!;
}
