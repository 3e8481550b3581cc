using System.Net;
using System.Text.Json;
using Microsoft.Kiota.Abstractions;
using Reanchor.Preflight;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Reads what is true of single users, in batches: Graph can expand neither of these properties.</summary>
internal static class GraphUserFacts
{
    private const int StepsPerUser = 2;
    private const int UsersPerBatch = GraphBatch.MaxSteps / StepsPerUser;

    public static async Task<IReadOnlyList<UserFacts>> ReadAsync(
        GraphTenantClient client, IReadOnlyList<Guid> users, CancellationToken cancellationToken)
    {
        var facts = new List<UserFacts>(users.Count);

        foreach (var some in users.Chunk(UsersPerBatch))
        {
            var answers = await GraphBatch.SendAsync(
                client,
                [.. some.SelectMany(u => new[] { $"/users/{u:D}/onPremisesSyncBehavior?$select=isCloudManaged", $"/users/{u:D}/mailboxSettings?$select=userPurpose" })],
                cancellationToken);

            facts.AddRange(answers.Chunk(StepsPerUser).Select(a => new UserFacts
            {
                IsCloudManaged = CloudManaged(a[0]),
                MailboxPurpose = Purpose(a[1]),
            }));
        }

        return facts;
    }

    private static Reading<bool> CloudManaged(GraphBatchAnswer answer) =>
        answer.Status is not HttpStatusCode.OK
            ? GraphCall.Refused<bool>(answer, DirectoryPermissions.SyncBehavior)
        : answer.Body.TryGetProperty("isCloudManaged", out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? Reading.Known(value.GetBoolean())
        : Reading.Unknown<bool>("Graph sent no isCloudManaged.");

    private static Reading<string?> Purpose(GraphBatchAnswer answer) => answer.Status switch
    {
        HttpStatusCode.OK when answer.Body.TryGetProperty("userPurpose", out var value) && value.ValueKind is JsonValueKind.String =>
            Reading.Known(value.GetString()),
        HttpStatusCode.OK => Reading.Unknown<string?>("Graph sent no userPurpose."),

        // A user without a mailbox, or with one that is still on-premises.
        HttpStatusCode.NotFound => Reading.Known<string?>(null),
        _ => GraphCall.Refused<string?>(answer, DirectoryPermissions.MailboxSettingsRead),
    };
}
