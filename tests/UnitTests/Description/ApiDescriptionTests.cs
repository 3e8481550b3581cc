using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Reanchor.Access;
using Reanchor.Functions;
using Reanchor.Functions.Access;
using Reanchor.Functions.Description;
using Reanchor.LocalHost.Hosting;

namespace Reanchor.UnitTests.Description;

public sealed class ApiDescriptionTests
{
    private static readonly JsonObject Document = ApiDescription.Of(typeof(Composition).Assembly);

    private static readonly List<(string Path, string Verb, JsonNode Operation)> Operations =
    [
        .. from path in Document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select (path.Key, operation.Key, operation.Value!),
    ];

    [Fact]
    public void Operations_AreTheHttpFunctions_AtTheirAddresses()
    {
        var functions = FunctionCatalog.Read(typeof(Composition).Assembly).Http.SelectMany(function => function.Verbs.Select(
            verb => (function.Name, $"/{function.Route.Replace("{*", "{", StringComparison.Ordinal)}", verb.ToLowerInvariant())));

        Assert.Equal(functions.Order(), Operations.Select(o => (o.Operation["operationId"]!.GetValue<string>(), o.Path, o.Verb)).Order());
    }

    [Fact]
    public void Document_ReadByAnother_IsValid()
    {
        var read = OpenApiDocument.Parse(Document.ToJsonString(), "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(Document["paths"]!.AsObject().Count, read.Document!.Paths.Count);
    }

    [Fact]
    public void Operation_Roles_AreTheGates()
    {
        var access = FunctionAccess.Of(typeof(Composition).Assembly);

        Assert.All(Operations, o => Assert.Equal(
            access.RuleOf(o.Operation["operationId"]!.GetValue<string>())!.Roles.Select(role => role.ToString()).Order(),
            o.Operation["security"]!.AsArray().Select(one => one!["bearer"]![0]!.GetValue<string>()).Order()));
    }

    /// <summary>A reference into a type by itself would lead elsewhere in the document.</summary>
    [Fact]
    public void References_LeadToWhatIsThere() => Assert.All(References(Document), reference =>
    {
        var parts = reference.Split('/');
        Assert.Equal(["#", "components"], parts[..2]);
        Assert.NotNull(Document["components"]![parts[2]]![parts[3]]);
    });

    [Fact]
    public void Schemas_OfIdsAndEnumsAndNulls_AreAsTheyAreWritten()
    {
        var proposal = Document["components"]!["schemas"]!["ProposalView"]!;

        Assert.Equal("string", proposal["properties"]!["proposalId"]!["type"]!.GetValue<string>());
        Assert.Contains("approved", proposal["properties"]!["status"]!["enum"]!.AsArray().Select(member => member!.GetValue<string>()));
        Assert.Equal(["string", "null"], proposal["properties"]!["expectedAnchor"]!["type"]!.AsArray().Select(type => type!.GetValue<string>()));
        Assert.Contains("expectedAnchor", proposal["required"]!.AsArray().Select(member => member!.GetValue<string>()));
        Assert.Equal(
            ["decision", "digest", "reason"],
            Document["components"]!["schemas"]!["DecisionBody"]!["required"]!.AsArray().Select(member => member!.GetValue<string>()));
        Assert.Equal(nameof(Role.Operate), Document["paths"]!["/tenants/{tenantId}/scans"]!["post"]!["security"]![0]!["bearer"]![0]!.GetValue<string>());
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject described => described.SelectMany(member =>
            member is { Key: "$ref", Value: JsonValue value } ? [value.GetValue<string>()] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
