using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Blobs;
using Reanchor.Adapters.Storage;
using Reanchor.Adapters.Tables;
using Reanchor.Functions;
using Reanchor.Queueing;

namespace Reanchor.UnitTests.Infra;

public sealed class StorageTemplateTests
{
    private static readonly string[] AppendOnly = [TableNames.Audit, TableNames.Seals, BlobSealArchive.Container];

    [Fact]
    public async Task Names_OfTablesQueuesAndContainers_AreThoseOfTheCodeBothWays()
    {
        var template = await Deployment.ReadAsync();

        Assert.Equal(TableNames.All.Order(), template.InDataAccount("tableServices/tables").Order());
        Assert.Equal(StorageSetup.Containers.Order(), template.InDataAccount("blobServices/containers").Order());
        Assert.Equal(
            StorageSetup.Queues.SelectMany(name => new[] { name, name + QueueNames.PoisonSuffix }).Order(),
            template.InDataAccount("queueServices/queues").Order());
    }

    [Fact]
    public async Task Queues_OfTheTemplate_HaveOneFunctionEach()
    {
        var template = await Deployment.ReadAsync();

        var listenedTo = typeof(Composition).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>()?.QueueName)
            .OfType<string>();

        Assert.Equal(template.InDataAccount("queueServices/queues").Order(), listenedTo.Order());
    }

    [Fact]
    public async Task Roles_OnTheTrail_AddAndReadAndNothingElse()
    {
        var template = await Deployment.ReadAsync();
        var actions = template.OfType("Microsoft.Authorization/roleDefinitions").ToDictionary(
            role => role.GetProperty("id").GetString()!,
            role => role.GetProperty("properties").GetProperty("permissions").EnumerateArray()
                .SelectMany(permission => permission.EnumerateObject())
                .SelectMany(kind => kind.Value.EnumerateArray().Select(action => action.GetString()!.Split('/', 5)[^1])));
        var assigned = template.OfType("Microsoft.Authorization/roleAssignments").ToLookup(
            Deployment.Scope, assignment => assignment.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!);

        var trail = assigned.Where(scope => AppendOnly.Contains(scope.Key.Split('/')[^1])).ToList();

        Assert.Equal(AppendOnly.Length, trail.Count);
        Assert.All(trail, scope => Assert.Equal(
            scope.Key.Contains("/tables/", StringComparison.Ordinal)
                ? ["entities/read", "entities/add/action"]
                : ["blobs/read", "blobs/add/action"],
            actions[Assert.Single(scope)]));
    }

    /// <summary>Roles add up: one for tables or blobs on the account or above it would undo those on the trail.</summary>
    [Fact]
    public async Task Roles_OnTheDataAccountAndAbove_AreForQueuesOnly()
    {
        const string queueContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
        var template = await Deployment.ReadAsync();
        var data = template.OfType("Microsoft.Storage/storageAccounts")
            .Single(account => Deployment.Name(account) != template.Settings["AzureWebJobsStorage__accountName"])
            .GetProperty("id").GetString()!;

        var roles = template.OfType("Microsoft.Authorization/roleAssignments")
            .Where(assignment => data.StartsWith(Deployment.Scope(assignment), StringComparison.Ordinal))
            .Select(assignment => assignment.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1]);

        Assert.Equal([queueContributor], roles);
    }

    [Fact]
    public async Task Identities_ForCustomersDirectories_HaveNoRightsInAzure()
    {
        var template = await Deployment.ReadAsync();
        var holders = template.OfType("Microsoft.Authorization/roleAssignments")
            .Select(assignment => assignment.GetProperty("properties").GetProperty("principalId").GetString()!).Distinct();

        Assert.Contains("-app'", Assert.Single(holders), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_OfStorageAndTelemetry_AreOff()
    {
        var template = await Deployment.ReadAsync();

        Assert.Equal(2, template.OfType("Microsoft.Storage/storageAccounts").Count(account => !Property(account, "allowSharedKeyAccess")));
        Assert.All(template.OfType("Microsoft.Insights/components"), insights => Assert.True(Property(insights, "DisableLocalAuth")));
        Assert.Equal(2, template.OfType("Microsoft.Storage/storageAccounts").Count());
    }

    private static bool Property(JsonElement resource, string name) => resource.GetProperty("properties").GetProperty(name).GetBoolean();
}
