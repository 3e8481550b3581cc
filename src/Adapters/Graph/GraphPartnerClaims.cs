using System.Net;
using System.Text.Json;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Asks, in batches, which users hold an expected anchor or one of an account's names.</summary>
internal static class GraphPartnerClaims
{
    private const int StepsPerPartner = 2;
    private const int PartnersPerBatch = GraphBatch.MaxSteps / StepsPerPartner;

    public static async Task<IReadOnlyList<PartnerClaims>> FindAsync(
        GraphTenantClient client, IReadOnlyList<PartnerKeys> partners, CancellationToken cancellationToken)
    {
        var claims = new List<PartnerClaims>(partners.Count);

        foreach (var some in partners.Chunk(PartnersPerBatch))
        {
            var answers = await GraphBatch.SendAsync(
                client,
                [.. some.SelectMany(p => new[] { Search(HoldsAnchor(p)), Search(string.Join(" or ", p.Names.Select(HasName))) })],
                cancellationToken);

            claims.AddRange(answers.Chunk(StepsPerPartner).Select(a => new PartnerClaims
            {
                AnchorHolders = Holders(a[0]),
                NameHolders = Holders(a[1]),
            }));
        }

        return claims;
    }

    private static string Search(string filter) => $"/users?$filter={Uri.EscapeDataString(filter)}&$select=id";

    private static string HoldsAnchor(PartnerKeys partner) => $"onPremisesImmutableId eq {ODataText.Quote(partner.ExpectedAnchor.Value)}";

    private static string HasName(string name) =>
        $"userPrincipalName eq {ODataText.Quote(name)} or mail eq {ODataText.Quote(name)} or proxyAddresses/any(a:a eq {ODataText.Quote($"smtp:{name}")})";

    private static Reading<IReadOnlyList<Guid>> Holders(GraphBatchAnswer answer) =>
        answer.Status is not HttpStatusCode.OK
            ? GraphCall.Refused<IReadOnlyList<Guid>>((int)answer.Status, answer.Describe(), "User.Read.All")
        : answer.Text("@odata.nextLink") is not null
            ? Reading.Unknown<IReadOnlyList<Guid>>("Graph gave the first page of a list of users, and there are more.")
        : answer.Body.TryGetProperty("value", out var users) && users.ValueKind is JsonValueKind.Array
            ? Reading.Known<IReadOnlyList<Guid>>([.. users.EnumerateArray().Select(u => u.GetProperty("id").GetGuid())])
        : Reading.Unknown<IReadOnlyList<Guid>>("Graph sent no list of users.");
}
