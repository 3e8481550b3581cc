using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions.Authentication;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

/// <summary>The simulator as Microsoft's own client sees it.</summary>
public sealed class GraphClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_AdvancedQuery_ReadsUsersAndNextLink()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => BulkUsers.AddTo(tenant, 5, 3));
        using var client = Client(simulator);

        var page = await client.Users.GetAsync(
            request =>
            {
                request.Headers.Add("ConsistencyLevel", "eventual");
                request.QueryParameters.Filter = "onPremisesSyncEnabled ne true and onPremisesImmutableId ne null";
                request.QueryParameters.Count = true;
                request.QueryParameters.Top = 2;
                request.QueryParameters.Select = ["id", "onPremisesImmutableId", "createdDateTime", "proxyAddresses", "onPremisesProvisioningErrors"];
            },
            Cancellation);
        var next = await client.Users.WithUrl(page!.OdataNextLink!).GetAsync(
            request => request.Headers.Add("ConsistencyLevel", "eventual"), Cancellation);

        Assert.Equal((3, 2, 1), (page.OdataCount, page.Value!.Count, next!.Value!.Count));
        Assert.All(page.Value, user => Assert.NotNull(user.OnPremisesImmutableId));
        Assert.Null(next.OdataNextLink);
    }

    [Fact]
    public async Task PatchAsync_NullAnchor_ClearsAndSyncedUserIsAnODataError()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var client = Client(simulator);
        var leftover = simulator.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));
        var synced = simulator.Tenant.AddUser(RunningSimulator.User("maya", RunningSimulator.NewAnchor()) with { OnPremisesSyncEnabled = true });

        await client.Users[leftover.Id.ToString()].PatchAsync(new User { OnPremisesImmutableId = null }, cancellationToken: Cancellation);
        var error = await Assert.ThrowsAsync<ODataError>(() =>
            client.Users[synced.Id.ToString()].PatchAsync(new User { OnPremisesImmutableId = null }, cancellationToken: Cancellation));

        Assert.Null(simulator.Tenant.FindUser(leftover.Id)!.OnPremisesImmutableId);
        Assert.Equal((400, "Request_BadRequest"), (error.ResponseStatusCode, error.Error!.Code));
    }

    [Fact]
    public async Task GetAsync_PreflightRoutes_AllDeserialize()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var client = Client(simulator);
        var user = simulator.Tenant.AddUser(RunningSimulator.User("ingrid") with { IsCloudManaged = true });
        simulator.Tenant.AddDeletedUser(RunningSimulator.User("peter", "aG9sZGVyIGluIHRoZSBiaW4="));
        simulator.Tenant.AssignRole(user.Id, BuiltInRole.UserAdministrator);
        simulator.Tenant.MakeEligible(user.Id, BuiltInRole.GlobalAdministrator);

        var organization = await client.Organization.GetAsync(cancellationToken: Cancellation);
        var domains = await client.Domains.GetAsync(cancellationToken: Cancellation);
        var features = await client.Directory.OnPremisesSynchronization.GetAsync(cancellationToken: Cancellation);
        var roles = await client.RoleManagement.Directory.RoleAssignments.GetAsync(cancellationToken: Cancellation);
        var eligible = await client.RoleManagement.Directory.RoleEligibilityScheduleInstances.GetAsync(cancellationToken: Cancellation);
        var deleted = await client.Directory.DeletedItems.GraphUser.GetAsync(cancellationToken: Cancellation);
        var count = await client.Users.Count.GetAsync(request => request.Headers.Add("ConsistencyLevel", "eventual"), Cancellation);

        Assert.True(Assert.Single(organization!.Value!).OnPremisesSyncEnabled);
        Assert.Equal(2, domains!.Value!.Count);
        Assert.False(Assert.Single(features!.Value!).Features!.BlockSoftMatchEnabled);
        Assert.Equal(user.Id.ToString(), Assert.Single(roles!.Value!).PrincipalId);
        Assert.Equal(user.Id.ToString(), Assert.Single(eligible!.Value!).PrincipalId);
        Assert.Single(deleted!.Value!);
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task Batch_PostAsync_AnswersEachStep()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var client = Client(simulator);
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));
        var batch = new BatchRequestContentCollection(client);
        var clear = await batch.AddBatchRequestStepAsync(
            client.Users[user.Id.ToString()].ToPatchRequestInformation(new User { OnPremisesImmutableId = null }));
        var read = await batch.AddBatchRequestStepAsync(client.Users[user.Id.ToString()].ToGetRequestInformation());

        var responses = await client.Batch.PostAsync(batch, Cancellation);
        var statuses = await responses.GetResponsesStatusCodesAsync();

        Assert.Equal((204, 200), ((int)statuses[clear], (int)statuses[read]));
        Assert.Null(simulator.Tenant.FindUser(user.Id)!.OnPremisesImmutableId);
    }

    private static GraphServiceClient Client(RunningSimulator simulator) =>
        new(new HttpClient { BaseAddress = null, DefaultRequestHeaders = { Authorization = simulator.Http.DefaultRequestHeaders.Authorization } },
            new AnonymousAuthenticationProvider(),
            $"{simulator.Http.BaseAddress}v1.0");
}
