using System.Text.Json;
using Reanchor.Json;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Tenants;

public sealed class AnchorAttributeTests
{
    [Theory]
    [InlineData("consistencyGuid", "consistencyGuid", false)] // as stored before attributes had names
    [InlineData("objectGuid", "objectGuid", false)]
    [InlineData("ms-DS-ConsistencyGuid", "consistencyGuid", false)]
    [InlineData("mS-DS-ConsistencyGuid", "consistencyGuid", false)]
    [InlineData("objectGUID", "objectGuid", false)]
    [InlineData("employeeID", "employeeID", true)]
    [InlineData("msDS-cloudExtensionAttribute1", "msDS-cloudExtensionAttribute1", true)]
    public void Json_KnownForms_ReadAndWrite(string text, string written, bool isCustom)
    {
        var attribute = JsonSerializer.Deserialize<AnchorAttribute>($"\"{text}\"", ReanchorJson.Options)!;

        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(attribute, ReanchorJson.Options));
        Assert.Equal(isCustom, attribute.IsCustom);
    }

    [Fact]
    public void Equals_LdapNames_IgnoresCase()
    {
        Assert.Equal(Parse("employeeID"), Parse("EMPLOYEEid"));
        Assert.Equal(Parse("employeeID").GetHashCode(), Parse("EMPLOYEEid").GetHashCode());
        Assert.NotEqual(Parse("employeeID"), Parse("employeeNumber"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.840")]
    [InlineData("employee ID")]
    [InlineData("employeeID\n")]
    [InlineData("mitarbeiternummerÄ")]
    public void TryParse_NoLdapName_IsRefused(string text) => Assert.False(AnchorAttribute.TryParse(text, null, out _));

    private static AnchorAttribute Parse(string text) => AnchorAttribute.Parse(text, null);
}
