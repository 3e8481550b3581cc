using System.Security.Claims;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Access;

public sealed class TokenClaimsTests
{
    private const string One = "11111111-1111-1111-1111-111111111111";
    private const string Two = "22222222-2222-2222-2222-222222222222";

    [Fact]
    public void ReadActor_NoName_UsesTheId() =>
        Assert.Equal(One, TokenClaims.ReadActor(Token(("oid", One), ("sub", "s"), ("azp", "c"), ("scp", "a")))!.Name);

    [Fact]
    public void ReadRoles_UnknownNumericOrMiscasedValues_ArePassedOver() =>
        Assert.Equal(
            [Role.Read],
            TokenClaims.ReadRoles(Token(("roles", "Read"), ("roles", "approve"), ("roles", "3"), ("roles", "Read, Approve"), ("roles", "Owner"))));

    [Theory]
    [InlineData(One, true, false)]
    [InlineData($"{One} {Two}", true, true)]
    [InlineData("*", true, true)]
    [InlineData("", false, false)]
    [InlineData("11111111*", false, false)]
    public void ReadScope_Value_GivesTheTenantsItNames(string value, bool one, bool two)
    {
        var scope = TokenClaims.ReadScope(Token(("reanchor_tenants", value)));

        Assert.Equal(one, scope.Includes(TenantId.Parse(One, null)));
        Assert.Equal(two, scope.Includes(TenantId.Parse(Two, null)));
    }

    [Fact]
    public void ReadScope_NoClaim_IsNoTenant() => Assert.Empty(TokenClaims.ReadScope(Token(("sub", "s"))).Tenants);

    private static ClaimsPrincipal Token(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "test"));
}
