using System.Text;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Serialization.Json;
using Reanchor.Adapters.Graph;
using Reanchor.Clearing;
using Xunit;

namespace Reanchor.UnitTests.Graph;

/// <summary>Error bodies as Microsoft documents them, each with its cause. A refusal is never retried, so it must be told apart.</summary>
public sealed class GraphRefusalTests
{
    [Theory]
    [InlineData(RefusalCause.Synced, 400, "Request_BadRequest", "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.")]
    [InlineData(RefusalCause.Synced, 400, "Request_BadRequest", "Unable to update the specified properties for objects that have originated within an external service.")]
    [InlineData(RefusalCause.Permission, 403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")]
    [InlineData(RefusalCause.NotFound, 404, "Request_ResourceNotFound", "Resource '0' does not exist or one of its queried reference-property objects are not present.")]
    [InlineData(RefusalCause.Uniqueness, 400, "Request_BadRequest", "Another object with the same value for property onPremisesImmutableId already exists.")]
    [InlineData(RefusalCause.Federated, 400, "Request_BadRequest", "Property 'onPremisesImmutableId' cannot be changed for a user in a federated domain.")]
    [InlineData(RefusalCause.Unknown, 400, "Request_BadRequest", "Invalid value specified for property 'onPremisesImmutableId' of resource 'User'.")]
    [InlineData(RefusalCause.Unknown, 400, "BadRequest", "Unable to read JSON request payload.")]
    [InlineData(RefusalCause.Unknown, 409, "Request_MultipleObjectsWithSameKeyValue", "Conflict.")]
    [InlineData(RefusalCause.Unknown, 423, "locked", "Locked.")]
    public async Task Of_DocumentedBody_NamesTheCauseAndKeepsTheAnswer(RefusalCause cause, int status, string code, string message)
    {
        var refusal = GraphRefusal.Of(await ReadAsync(status, $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}"""));

        Assert.Equal(cause, refusal.Cause);
        Assert.Contains($"{status} {code}: {message}", refusal.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ObjectConflict")]
    [InlineData("ConflictingObjects")]
    public async Task Of_ConflictToldInTheDetailsOnly_IsUniqueness(string code)
    {
        var body = $$$"""
            {"error":{"code":"Request_BadRequest","message":"One or more properties contains invalid values.",
             "details":[{"code":"{{{code}}}","target":"User_0a1b","message":"Another object exists."}]}}
            """;

        Assert.Equal(RefusalCause.Uniqueness, GraphRefusal.Of(await ReadAsync(400, body)).Cause);
    }

    [Fact]
    public void Of_EveryCause_SaysAnotherCure()
    {
        List<int> statuses = [403, 404, 400];
        var texts = statuses.Select(status => GraphRefusal.Of(new ODataError { ResponseStatusCode = status }).Text).ToList();

        Assert.Equal(texts.Count, texts.Distinct().Count());
    }

    private static async Task<ODataError> ReadAsync(int status, string body)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var node = await new JsonParseNodeFactory().GetRootParseNodeAsync("application/json", stream, TestContext.Current.CancellationToken);
        var error = node.GetObjectValue(ODataError.CreateFromDiscriminatorValue)!;
        error.ResponseStatusCode = status;
        return error;
    }
}
