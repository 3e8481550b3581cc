using Reanchor.GraphSimulator;
using Reanchor.Preflight;
using Reanchor.UnitTests.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.Graph;

public sealed class DirectoryAccessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAccessAsync_MayReadApplications_NamesExactlyTheGrantedPermissions()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => tenant.Settings = tenant.Settings with
        {
            Permissions = [DirectoryPermissions.ApplicationRead, DirectoryPermissions.DomainRead, DirectoryPermissions.UserRead],
        });

        var access = await AskAsync(simulator, $"{SimulatedCloud.ApplicationId}");

        Assert.Equal(simulator.Tenant.Settings.Permissions.Order(), access.Granted.Value.Order());
    }

    [Fact]
    public async Task ReadAccessAsync_MayNotReadApplications_NamesThePermissionForIt()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => tenant.Settings = tenant.Settings with { Permissions = [] });

        var access = await AskAsync(simulator, $"{SimulatedCloud.ApplicationId}");

        Assert.Equal(DirectoryPermissions.ApplicationRead, access.Granted.MissingPermission);
        Assert.Null(access.AnyUser);
    }

    [Theory]
    [InlineData(null, "Graph__ClientId")]
    [InlineData("0f0f0f0f-0000-4000-8000-000000000000", "consented")]
    public async Task ReadAccessAsync_ApplicationNotNamedOrNotThere_IsUnknown(string? clientId, string because)
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var access = await AskAsync(simulator, clientId);

        Assert.Contains(because, access.Granted.UnknownBecause, StringComparison.Ordinal);
        Assert.Null(access.Granted.MissingPermission);
    }

    [Fact]
    public async Task ReadAccessAsync_AnyUser_ProvesWhatOnlyAUserCan()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant =>
        {
            tenant.AddUser(RunningSimulator.User("ingrid"));
            tenant.Settings = tenant.Settings with { Permissions = [.. GraphPermissions.All.Except([GraphPermissions.MailboxSettingsRead])] };
        });

        var access = await AskAsync(simulator, null);

        Assert.True(access.AnyUser!.IsCloudManaged.IsKnown);
        Assert.Equal(DirectoryPermissions.MailboxSettingsRead, access.AnyUser.MailboxPurpose.MissingPermission);
    }

    private static Task<DirectoryAccess> AskAsync(RunningSimulator simulator, string? clientId) =>
        GraphReader.AskAsync(simulator, (reader, tenant) => reader.ReadAccessAsync(tenant, Cancellation), clientId: clientId);
}
