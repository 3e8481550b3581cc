using Microsoft.Extensions.Options;
using Reanchor.Access;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Functions.Access;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Access;

public sealed class GrantedScopesTests
{
    private static readonly Guid Home = Guid.Parse(Entra.Directory);
    private static readonly Guid Bob = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000001");
    private static readonly Guid Team = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000002");
    private static readonly Guid OtherDirectory = Guid.Parse("77777777-7777-7777-7777-777777777777");

    private readonly TenantId _one = Samples.NewTenantId();
    private readonly TenantId _two = Samples.NewTenantId();
    private readonly InMemoryAccessStore _grants = new();

    [Fact]
    public async Task FindScope_Unknown_IsNoTenant()
    {
        await GrantAsync(Guid.NewGuid(), PrincipalKind.Person, _one);

        Assert.Empty((await FindAsync(Person())).Tenants);
    }

    [Fact]
    public async Task FindScope_OwnAndGroupsGrants_AddUp()
    {
        await GrantAsync(Bob, PrincipalKind.Person, _one);
        await GrantAsync(Team, PrincipalKind.Group, _two);

        Assert.Equal(new[] { _one, _two }.ToHashSet(), (await FindAsync(Person(Team))).Tenants.ToHashSet());
        Assert.Equal([_one], (await FindAsync(Person())).Tenants);
    }

    [Fact]
    public async Task FindScope_GroupForAllTenants_IsAll()
    {
        await _grants.TryAddAsync(Grant(Team, PrincipalKind.Group) with { AllTenants = true }, World.Cancellation);

        Assert.True((await FindAsync(Person(Team))).IsAll);
    }

    [Fact]
    public async Task FindScope_TakenBack_IsNoTenant()
    {
        await _grants.TryAddAsync(
            Grant(Bob, PrincipalKind.Person, _one).Remove(new(Samples.Anton, Samples.Now, "left")), World.Cancellation);

        Assert.Empty((await FindAsync(Person())).Tenants);
    }

    [Theory]
    [InlineData(PrincipalKind.Person, ActorKind.Person, true)]
    [InlineData(PrincipalKind.Person, ActorKind.Application, false)]
    [InlineData(PrincipalKind.Application, ActorKind.Application, true)]
    [InlineData(PrincipalKind.Application, ActorKind.Person, false)]
    [InlineData(PrincipalKind.Group, ActorKind.Person, false)]
    public async Task FindScope_GrantOfAKind_IsForThatKindAlone(PrincipalKind granted, ActorKind caller, bool expected)
    {
        await GrantAsync(Bob, granted, _one);

        Assert.Equal(expected, (await FindAsync(Person() with { Actor = NewActor(caller) })).Includes(_one));
    }

    [Fact]
    public async Task FindScope_SameIdInAnotherDirectory_IsSomebodyElse()
    {
        await GrantAsync(Bob, PrincipalKind.Person, _one);
        await GrantAsync(Team, PrincipalKind.Group, _two);

        Assert.Empty((await FindAsync(Person(Team) with { Directory = OtherDirectory })).Tenants);
    }

    [Theory]
    [InlineData(ActorKind.Person, Entra.Directory, true)]
    [InlineData(ActorKind.Application, Entra.Directory, false)]
    [InlineData(ActorKind.Person, "77777777-7777-7777-7777-777777777777", false)]
    public async Task FindScope_FirstAdministrator_IsAPersonOfTheHomeDirectory(ActorKind kind, string directory, bool expected)
    {
        var principal = new Principal(NewActor(kind), Guid.Parse(directory), []);

        Assert.Equal(expected, (await FindAsync(principal, firstAdministrators: $"{Guid.NewGuid()}, {Bob}")).IsAll);
    }

    private static Actor NewActor(ActorKind kind) => new(kind, Bob.ToString("D"), "Bob", Entra.Authority);

    private static Principal Person(params Guid[] groups) => new(NewActor(ActorKind.Person), Home, groups);

    private static AccessGrant Grant(Guid id, PrincipalKind kind, params TenantId[] tenants) =>
        Samples.NewGrant(tenants) with { PrincipalId = id, Kind = kind, Directory = Home };

    private Task<bool> GrantAsync(Guid id, PrincipalKind kind, params TenantId[] tenants) =>
        _grants.TryAddAsync(Grant(id, kind, tenants), World.Cancellation);

    private Task<TenantScope> FindAsync(Principal principal, string firstAdministrators = "") =>
        new GrantedScopes(_grants, Options.Create(new AccessOptions { Authority = Entra.Authority, FirstAdministrators = firstAdministrators }))
            .FindScopeAsync(principal, World.Cancellation);
}
