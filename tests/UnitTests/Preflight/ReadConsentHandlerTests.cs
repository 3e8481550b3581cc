using Moq;
using Reanchor.Contracts;
using Reanchor.Preflight;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Preflight;

public sealed class ReadConsentHandlerTests : IDisposable
{
    private static readonly RegisteredApplication Reader = new([DirectoryUse.Read], "reader", new("https://login.example/reader"));
    private static readonly RegisteredApplication Writer = new([DirectoryUse.Write], "writer", new("https://login.example/writer"));
    private static readonly RegisteredApplication Both = new([DirectoryUse.Read, DirectoryUse.Write], "both", new("https://login.example/both"));

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_OneApplication_NeedsEveryPermissionOnce()
    {
        var consent = Assert.Single(await ReadAsync([Both]));

        Assert.Equal(DirectoryPermissions.All, consent.Permissions.Select(p => p.Permission));
        Assert.All(consent.Permissions, p => Assert.Equal(PermissionState.Granted, p.State));
        Assert.Empty(consent.NotNeeded);
        Assert.Null(consent.SignInProblem);
    }

    [Fact]
    public async Task HandleAsync_TwoApplications_EachHasItsOwnNeedsAndGrants()
    {
        _world.Directory.Access = Samples.Access with
        {
            GrantedToWriter = Reading.Known<IReadOnlySet<string>>(new HashSet<string> { DirectoryPermissions.UserWrite, "Mail.Send" }),
        };

        var consents = await ReadAsync([Reader, Writer]);

        Assert.Equal(
            [(DirectoryPermissions.SyncBehavior, PermissionState.Missing), (DirectoryPermissions.UserWrite, PermissionState.Granted),
                (DirectoryPermissions.SynchronizationWrite, PermissionState.Missing)],
            consents[1].Permissions.Select(p => (p.Permission.Name, p.State)));
        Assert.Equal(["Mail.Send"], consents[1].NotNeeded);
        Assert.DoesNotContain(DirectoryPermissions.UserWrite, consents[0].Permissions.Select(p => p.Permission.Name));
        Assert.Equal([DirectoryPermissions.SynchronizationWrite, DirectoryPermissions.UserWrite], consents[0].NotNeeded);
    }

    [Fact]
    public async Task HandleAsync_ReaderCannotSignIn_SaysWhyAndClaimsNothing()
    {
        _world.Applications
            .Setup(a => a.TrySignInAsync(It.IsAny<Tenant>(), DirectoryUse.Read, It.IsAny<CancellationToken>()))
            .ReturnsAsync("The tenant does not know the application.");
        _world.Directory.BeforeTenantFacts = () => throw new InvalidOperationException("Nobody can read without a sign-in.");

        var consents = await ReadAsync([Reader, Writer]);

        Assert.Equal(["The tenant does not know the application.", null], consents.Select(c => c.SignInProblem));
        Assert.All(consents.SelectMany(c => c.Permissions), p => Assert.Equal(PermissionState.Unknown, p.State));
        Assert.All(consents, c => Assert.Empty(c.NotNeeded));
    }

    /// <summary>A sign-in may work where Graph lets nobody in: in a tenant that has not consented, for one.</summary>
    [Fact]
    public async Task HandleAsync_DirectoryCannotBeRead_SaysWhyAndStillWhereToConsent()
    {
        _world.Directory.BeforeTenantFacts = () => throw new DirectoryUnavailableException("Graph does not let Reanchor in.");

        var consent = Assert.Single(await ReadAsync([Both]));

        Assert.Equal("Graph does not let Reanchor in.", consent.SignInProblem);
        Assert.Equal(Both.ConsentAddress, consent.Application.ConsentAddress);
        Assert.All(consent.Permissions, p => Assert.Equal(PermissionState.Unknown, p.State));
    }

    [Fact]
    public async Task HandleAsync_NoSuchTenant_IsNull() =>
        Assert.Null(await _world.Get<ReadConsentHandler>().HandleAsync(Samples.NewTenantId(), World.Cancellation));

    private async Task<IReadOnlyList<ApplicationConsent>> ReadAsync(IReadOnlyList<RegisteredApplication> applications)
    {
        await _world.GivenAnnAsync();
        _world.Applications.Setup(a => a.ListFor(It.IsAny<Tenant>())).Returns(applications);
        return (await _world.Get<ReadConsentHandler>().HandleAsync(_world.Tenant.Id, World.Cancellation))!;
    }
}
