using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Access;

public sealed class AccessRuleTests
{
    private static readonly TenantId Inside = new(Guid.Parse("11111111-1111-1111-1111-111111111111"));
    private static readonly TenantId Outside = new(Guid.Parse("22222222-2222-2222-2222-222222222222"));

    [Theory]
    [InlineData(ActorKind.Person, Role.Read, Role.Read, true)]
    [InlineData(ActorKind.Person, Role.Operate, Role.Read, true)]
    [InlineData(ActorKind.Person, Role.Approve, Role.Read, true)]
    [InlineData(ActorKind.Person, Role.Administer, Role.Read, true)]
    [InlineData(ActorKind.Person, Role.Decide, Role.Read, false)]
    [InlineData(ActorKind.Person, Role.Decide, Role.Decide, false)]
    [InlineData(ActorKind.Application, Role.Decide, Role.Decide, true)]
    [InlineData(ActorKind.Application, Role.Approve, Role.Approve, false)]
    [InlineData(ActorKind.Application, Role.Administer, Role.Administer, false)]
    [InlineData(ActorKind.Application, Role.Approve, Role.Read, false)]
    [InlineData(ActorKind.Application, Role.Upload, Role.Upload, true)]
    [InlineData(ActorKind.Person, Role.Upload, Role.Read, false)]
    [InlineData(ActorKind.Application, Role.Operate, Role.Read, false)]
    [InlineData(ActorKind.Application, Role.Read, Role.Read, true)]
    [InlineData(ActorKind.Person, Role.Administer, Role.Operate, false)]
    [InlineData(ActorKind.Person, Role.Administer, Role.Approve, false)]
    [InlineData(ActorKind.Person, Role.Approve, Role.Decide, false)]
    [InlineData(ActorKind.Person, Role.Operate, Role.Upload, false)]
    [InlineData(ActorKind.Person, Role.Read, Role.Operate, false)]
    public void Has_RoleHeld_ImpliesReadForPersonsAndNothingElse(ActorKind kind, Role held, Role asked, bool expected) =>
        Assert.Equal(expected, NewCaller(kind, TenantScope.All, held).Has(asked));

    [Fact]
    public void Decide_NobodySignedIn_IsUnauthenticated() =>
        Assert.Equal(AccessDecision.Unauthenticated, AccessRule.AnyOf(Role.Read).Decide(null, Inside));

    [Fact]
    public void Decide_NoSignIn_AllowsAnyone() =>
        Assert.Equal(AccessDecision.Allowed, AccessRule.NoSignIn.Decide(null, Inside));

    [Theory]
    [InlineData(Role.Upload, AccessDecision.Allowed)]
    [InlineData(Role.Operate, AccessDecision.Allowed)]
    [InlineData(Role.Approve, AccessDecision.RoleMissing)]
    public void Decide_AnyOfTwoRoles_NeedsOneOfThem(Role held, AccessDecision expected)
    {
        var rule = AccessRule.AnyOf(Role.Upload, Role.Operate);

        var decision = rule.Decide(NewCaller(ActorKind.Person, TenantScope.All, held), Inside);

        Assert.Equal(expected, decision);
    }

    [Theory]
    [InlineData(ActorKind.Application, Role.Approve, AccessDecision.WrongKind)]
    [InlineData(ActorKind.Application, Role.Operate, AccessDecision.RoleMissing)]
    [InlineData(ActorKind.Person, Role.Approve, AccessDecision.Allowed)]
    public void Decide_RoleForPersons_RefusesAnApplicationThatHasIt(ActorKind kind, Role held, AccessDecision expected) =>
        Assert.Equal(expected, AccessRule.AnyOf(Role.Approve).Decide(NewCaller(kind, TenantScope.All, held), Inside));

    [Fact]
    public void Decide_TenantOutsideScope_IsOutOfScope()
    {
        var caller = NewCaller(ActorKind.Person, TenantScope.Of(Inside), Role.Read);

        Assert.Equal(AccessDecision.Allowed, AccessRule.AnyOf(Role.Read).Decide(caller, Inside));
        Assert.Equal(AccessDecision.OutOfScope, AccessRule.AnyOf(Role.Read).Decide(caller, Outside));
    }

    [Fact]
    public void Decide_RoleMissingAndOutOfScope_SaysRoleFirst()
    {
        var caller = NewCaller(ActorKind.Person, TenantScope.None, Role.Read);

        Assert.Equal(AccessDecision.RoleMissing, AccessRule.AnyOf(Role.Approve).Decide(caller, Outside));
    }

    [Fact]
    public void AnyOf_NoRole_IsRefused() => Assert.Throws<ArgumentException>(() => AccessRule.AnyOf());

    [Fact]
    public void Includes_Scope_KnowsAllAndNone()
    {
        Assert.True(TenantScope.All.Includes(Outside));
        Assert.False(TenantScope.None.Includes(Outside));
        Assert.Empty(TenantScope.All.Tenants);
        Assert.Equal([Inside], TenantScope.Of(Inside).Tenants);
    }

    private static Caller NewCaller(ActorKind kind, TenantScope scope, params Role[] roles) => new()
    {
        Actor = new(kind, "id", "name", "issuer"),
        Roles = roles.ToHashSet(),
        Scope = scope,
    };
}
