using System.Text.Json;

namespace Reanchor.GraphSimulator;

/// <summary>
/// The jobs of Cloud Sync, and provisioning on demand (Microsoft Learn, "synchronizationJob: provisionOnDemand"). Error codes that are not in
/// Microsoft's samples are made up.
/// </summary>
internal static class ProvisioningRoutes
{
    private const string UserJob = "AD2AADProvisioning";
    private const string RuleId = "6c7d1f0e-0000-4000-8000-000000000001";

    public static GraphResponse Jobs(GraphRequest request)
    {
        request.Query.Allow();
        var forest = ForestOf(request);

        return GraphResponse.Ok(EntityWriter.Write(json =>
        {
            json.WriteStartArray("value");

            foreach (var template in new[] { "AD2AADPasswordHash", UserJob })
            {
                json.WriteStartObject();
                json.WriteString("id", JobId(forest, template));
                json.WriteString("templateId", template);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
    }

    public static GraphResponse Schema(GraphRequest request)
    {
        request.Query.Allow();
        RequireUserJob(request, ForestOf(request));

        return GraphResponse.Ok(EntityWriter.Write(json =>
        {
            json.WriteString("id", request.Segments[4]);
            json.WriteStartArray("synchronizationRules");
            json.WriteStartObject();
            json.WriteString("id", RuleId);
            json.WriteString("sourceDirectoryName", "Active Directory");
            json.WriteString("targetDirectoryName", "Azure Active Directory");
            json.WriteEndObject();
            json.WriteEndArray();
        }));
    }

    public static GraphResponse Provision(GraphRequest request)
    {
        request.Query.Allow();
        var forest = ForestOf(request);
        RequireUserJob(request, forest);
        var name = ReadSubject(request.Body);

        lock (request.Tenant.Gate)
        {
            if (!forest.OnDemand.Has(1))
            {
                throw new GraphRefusal(429, "TooManyRequests", "Too many requests.");
            }

            forest.OnDemand.Take(1);
        }

        var account = forest.Accounts.FirstOrDefault(a => !a.Deleted && name.Equals(a.DistinguishedName, StringComparison.OrdinalIgnoreCase));

        return account is null
            ? Answer("Failure", "EntryNotFound", $"No entry '{name}' was found in {forest.Name}.")
            : !account.InScope
                ? Answer("Skipped", "NotEffectivelyEntitled", "The object is not in scope.")
            : !request.Tenant.Settings.SyncServerRunning
                ? Answer("Failure", "HybridIdentityServiceNoAgentsAssigned", "No agent is active for the domain.")
            : request.Tenant.Provision(forest, account) is { Error: { } error }
                ? Answer("Failure", error.Name, error.Message)
            : Answer("Success", null, null);
    }

    private static AdForest ForestOf(GraphRequest request) =>
        (request.Tenant.Settings.UsesCloudSync ? request.Tenant.Forests.FirstOrDefault(f => $"{f.CloudSyncId}" == request.Segments[1]) : null)
        ?? throw GraphRefusal.NotFound(request.Segments[1]);

    private static void RequireUserJob(GraphRequest request, AdForest forest)
    {
        if (request.Segments[4] != JobId(forest, UserJob))
        {
            throw request.Segments[4] == JobId(forest, "AD2AADPasswordHash")
                ? GraphRefusal.NotSimulated("any but the job for users")
                : GraphRefusal.NotFound(request.Segments[4]);
        }
    }

    private static string JobId(AdForest forest, string template) => $"{template}.{forest.CloudSyncId:N}";

    /// <summary>The distinguished name of the one user asked for.</summary>
    private static string ReadSubject(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var parameters = document.RootElement.GetProperty("parameters");
            var subjects = parameters[0].GetProperty("subjects");

            if (parameters.GetArrayLength() != 1 || subjects.GetArrayLength() != 1)
            {
                throw GraphRefusal.NotSimulated("provisioning several objects at once");
            }

            if (parameters[0].GetProperty("ruleId").GetString() != RuleId || subjects[0].GetProperty("objectTypeName").GetString() != "user")
            {
                throw GraphRefusal.BadRequest("The rule, or the type of object, is not one of the job's.");
            }

            return subjects[0].GetProperty("objectId").GetString() ?? "";
        }
        catch (Exception ex) when (ex is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw GraphRefusal.BadRequest("The body is not what provisionOnDemand takes.");
        }
    }

    private static GraphResponse Answer(string result, string? errorCode, string? errorMessage) => GraphResponse.Ok(EntityWriter.Write(json =>
    {
        json.WriteString("key", JsonSerializer.Serialize(new
        {
            result,
            details = errorCode is null ? new Dictionary<string, string?>() : new() { ["errorCode"] = errorCode, ["errorMessage"] = errorMessage },
        }));
        json.WriteString("value", """{"provisioningSteps":[]}""");
    }));
}
