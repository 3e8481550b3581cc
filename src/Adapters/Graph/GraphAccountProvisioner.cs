using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.ServicePrincipals.Item.Synchronization.Jobs.Item.ProvisionOnDemand;
using Microsoft.Kiota.Abstractions;
using Reanchor.Preflight;
using Reanchor.Scanning;
using Reanchor.Syncing;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Provisions on demand (Microsoft Learn, "synchronizationJob: provisionOnDemand", example 2, and "How to programmatically configure cloud
/// sync using MS Graph API"). Four requests, all through v1.0.
/// </summary>
internal sealed class GraphAccountProvisioner(
    GraphReaderClients readers, GraphWriterClients writers, TimeProvider clock) : IAccountProvisioner
{
    /// <summary>
    /// The gallery application of Cloud Sync, the same in every tenant. Microsoft's samples show its service principal with this as its
    /// template, and with this as its own appId.
    /// </summary>
    private const string CloudSync = "1a4721b3-e57f-4451-ae87-ef078703ec94";

    /// <summary>The template of the job for users, and what the job's id begins with: in Microsoft's sample the template reads otherwise.</summary>
    private const string UserJob = "AD2AADProvisioning";

    /// <summary>By tenant: 5 in 10 seconds. More would be refused, and the tenant's other requests be held back for it.</summary>
    private readonly ConcurrentDictionary<TenantId, ThrottleBucket> _limits = new();

    public async Task<ProvisioningAnswer> ProvisionAsync(
        Tenant tenant, string? distinguishedName, CancellationToken cancellationToken)
    {
        var principals = await GraphCall.ReadAsync(
            DirectoryPermissions.ApplicationRead, () => ReadPrincipalsAsync(readers.For(tenant).Graph, cancellationToken), cancellationToken);

        if (!principals.IsKnown || principals.Value is [])
        {
            return new(ProvisioningOutcome.NoJob, principals.UnknownBecause ?? "The tenant has no Cloud Sync.");
        }

        if (distinguishedName is null)
        {
            return new(
                ProvisioningOutcome.UnknownName,
                "The inventory does not give the account's distinguishedName. Update the collector, or add the column to the CSV.");
        }

        if (PrincipalOf(principals.Value, distinguishedName) is not { } principal)
        {
            return new(ProvisioningOutcome.NoJob, "None of the tenant's Cloud Sync configurations is named after the account's domain.");
        }

        TakeTurn(tenant.Id);

        try
        {
            return await GraphCall.SendAsync(
                () => ProvisionAsync(writers.For(tenant), principal.Id!, distinguishedName, cancellationToken), cancellationToken);
        }
        catch (ApiException ex)
        {
            return ex.ResponseStatusCode == 403
                ? new(ProvisioningOutcome.NotPermitted, Reading.Refused<string>(DirectoryPermissions.SynchronizationWrite).UnknownBecause)
                : new(ProvisioningOutcome.Refused, $"Graph answered {GraphCall.Describe(ex)}");
        }
    }

    private void TakeTurn(TenantId tenant)
    {
        var limit = _limits.GetOrAdd(tenant, _ => new(5, TimeSpan.FromSeconds(10), clock));

        lock (limit)
        {
            if (limit.WaitFor(1) > TimeSpan.Zero)
            {
                throw new DirectoryUnavailableException("Cloud Sync takes 5 accounts in 10 seconds.") { NothingDone = true };
            }

            limit.Take(1);
            limit.Done(1);
        }
    }

    private static async Task<IReadOnlyList<ServicePrincipal>> ReadPrincipalsAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        var page = await graph.ServicePrincipals.GetAsync(
            r =>
            {
                r.QueryParameters.Filter = $"applicationTemplateId eq '{CloudSync}' or appId eq '{CloudSync}'";
                r.QueryParameters.Select = ["id", "displayName"];
            },
            cancellationToken);
        return page?.Value ?? [];
    }

    /// <summary>Each configuration has a service principal, which the portal names after the domain; another name is possible.</summary>
    private static ServicePrincipal? PrincipalOf(IReadOnlyList<ServicePrincipal> principals, string distinguishedName)
    {
        var domain = string.Join('.', distinguishedName.Split(',').Select(part => part.Trim())
            .Where(part => part.StartsWith("DC=", StringComparison.OrdinalIgnoreCase)).Select(part => part[3..]));

        return principals is [var only]
            ? only
            : principals.FirstOrDefault(p => string.Equals(p.DisplayName, domain, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<ProvisioningAnswer> ProvisionAsync(
        GraphTenantClient client, string principal, string distinguishedName, CancellationToken cancellationToken)
    {
        var jobs = client.Graph.ServicePrincipals[principal].Synchronization.Jobs;
        var job = (await jobs.GetAsync(cancellationToken: cancellationToken))?.Value?.Find(IsForUsers);

        if (job is null)
        {
            return new(ProvisioningOutcome.NoJob, "The tenant's Cloud Sync has no job for users.");
        }

        var schema = await jobs[job.Id].Schema.GetAsync(cancellationToken: cancellationToken);

        // Cloud Sync's schema has one rule.
        if (schema?.SynchronizationRules is not [{ Id: { } rule }, ..])
        {
            return new(ProvisioningOutcome.Refused, "The schema of the tenant's Cloud Sync job has no rule.");
        }

        var answer = await jobs[job.Id].ProvisionOnDemand.PostAsync(
            new ProvisionOnDemandPostRequestBody
            {
                Parameters =
                [
                    new() { RuleId = rule, Subjects = [new() { ObjectId = distinguishedName, ObjectTypeName = "user" }] },
                ],
            },
            cancellationToken: cancellationToken);

        return Read(answer?.Key);
    }

    private static bool IsForUsers(SynchronizationJob job) =>
        job.TemplateId == UserJob || job.Id?.StartsWith($"{UserJob}.", StringComparison.Ordinal) is true;

    /// <summary>The answer is JSON within JSON.</summary>
    private static ProvisioningAnswer Read(string? key)
    {
        try
        {
            var answer = JsonSerializer.Deserialize<Answer>(key ?? "null", JsonSerializerOptions.Web);

            return answer is { Result: "Success" }
                ? new(ProvisioningOutcome.Provisioned, null)
                : new(
                    ProvisioningOutcome.Refused,
                    $"Cloud Sync answered {answer?.Result ?? "nothing"}. {answer?.Details?.ErrorCode} {answer?.Details?.ErrorMessage}".TrimEnd());
        }
        catch (JsonException)
        {
            return new(ProvisioningOutcome.Refused, "Cloud Sync gave an answer that could not be read.");
        }
    }

    private sealed record Answer(string? Result, AnswerDetails? Details);

    private sealed record AnswerDetails(string? ErrorCode, string? ErrorMessage);
}
