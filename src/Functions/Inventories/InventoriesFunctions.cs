using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Functions.Inventories;

public sealed class InventoriesFunctions(
    AcceptInventoryHandler accept, ITenantStore tenants, IInventoryStore inventories, TimeProvider clock)
{
    private const long MaxUploadBytes = 256L * 1024 * 1024;
    private const int RefusalsShown = 5;

    [Function("PutInventory")]
    [Takes(null, As = new[] { "application/x-ndjson", "text/csv", "application/gzip" })]
    [Asks("forest", typeof(string))]
    [Asks("takenAt", typeof(DateTimeOffset))]
    [Asks("count", typeof(int))]
    [Asks("anchorAttribute", typeof(string))]
    [Answers(typeof(AcceptedInventoryView), 201)]
    [MaxBody(MaxUploadBytes)]
    [RequiresRole(Role.Upload, Role.Operate)]
    public async Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tenants/{tenantId}/inventories/{collectorId}")] HttpRequest request,
        string tenantId,
        string collectorId,
        CancellationToken cancellationToken)
    {
        if (!CollectorId.TryParse(collectorId, null, out var collector))
        {
            return Problems.BadRequest("A collector id has 1 to 63 of the characters a-z, 0-9 and -.");
        }

        if (request.ContentLength > MaxUploadBytes)
        {
            return Problems.TooLarge($"An upload has at most {MaxUploadBytes / 1024 / 1024} MB. Compress it with gzip.");
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.MediaType.Value is not ("application/x-ndjson" or "text/csv" or "application/gzip"))
        {
            return Problems.UnsupportedMediaType(
                "Send NDJSON as application/x-ndjson or CSV as text/csv, either with Content-Encoding: gzip if compressed.");
        }

        var encoding = request.Headers.ContentEncoding.ToString();

        if (encoding.Length > 0 && !encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return Problems.UnsupportedMediaType("The only Content-Encoding taken here is gzip.");
        }

        var (csv, problem) = type.MediaType.Value is "text/csv" ? Describe(request) : (null, null);

        if (problem is not null)
        {
            return problem;
        }

        var gzip = encoding.Length > 0 || type.MediaType.Value is "application/gzip";

        try
        {
            var result = await accept.HandleAsync(
                new(
                    TenantId.Parse(tenantId, null), collector, request.Body, gzip, csv, request.HttpContext.GetCaller().Actor),
                cancellationToken);

            return Answer(result);
        }
        catch (BadHttpRequestException ex) when (ex.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge($"An upload has at most {MaxUploadBytes / 1024 / 1024} MB. Compress it with gzip.");
        }
    }

    [Function("ListInventories")]
    [Answers(typeof(ListView<InventoryView>))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/inventories")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var id = TenantId.Parse(tenantId, null);

        if ((await tenants.FindAsync(id, cancellationToken))?.Item is not { } tenant)
        {
            return Problems.NotFound("There is no such tenant.");
        }

        var records = (await inventories.ListAsync(id, cancellationToken)).ToDictionary(r => r.Item.Collector, r => r.Item);
        var now = clock.GetUtcNow();
        var views = new List<InventoryView>();

        foreach (var collector in tenant.Collectors)
        {
            var refusals = await inventories.ListRefusalsAsync(id, collector, RefusalsShown, cancellationToken);
            views.Add(InventoryView.Of(collector, records.GetValueOrDefault(collector), refusals, tenant.Policy, now));
        }

        return Answers.List(new Page<InventoryView>(views, null), view => view);
    }

    private IResult Answer(AcceptInventoryResult result) => result.Outcome switch
    {
        AcceptInventoryOutcome.Accepted => Answers.Json(
            new AcceptedInventoryView(
                result.Record!.Collector,
                result.Record.Forest,
                result.Record.TakenAt,
                result.Record.Count,
                result.Record.Version,
                Math.Round((clock.GetUtcNow() - result.Record.TakenAt).TotalHours, 1)),
            StatusCodes.Status201Created),
        AcceptInventoryOutcome.TenantNotFound => Problems.NotFound("There is no such tenant."),
        AcceptInventoryOutcome.CollectorNotExpected => Problems.UnexpectedCollector(),
        AcceptInventoryOutcome.LostRace => Problems.Conflict("Another inventory of this collector came in at this moment. Send yours again."),
        _ => Problems.Of(
            result.Outcome is AcceptInventoryOutcome.TooLarge
                ? StatusCodes.Status413PayloadTooLarge
                : StatusCodes.Status422UnprocessableEntity,
            "The upload was refused; the inventory before it stays in force.",
            [.. result.Problems.Select(p => new ProblemError(p.Message, Line: p.Line))]),
    };

    /// <summary>A CSV says nothing of itself, so the address must.</summary>
    private static (CsvDescription? Csv, IResult? Problem) Describe(HttpRequest request)
    {
        var forest = request.Query["forest"].ToString();
        var anchorAttribute = request.Query["anchorAttribute"].ToString();

        return forest.Length > 0
            && HeaderRules.TryReadInstant(request.Query["takenAt"], out var takenAt)
            && int.TryParse(request.Query["count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (new(new(forest, takenAt, anchorAttribute.Length > 0 ? anchorAttribute : null), count), null)
            : (null, Problems.BadRequest("For a CSV the address needs ?forest=corp.example&takenAt=2026-03-01T00:00:00Z&count=1234."));
    }
}
