using System.Reflection;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Approvals;
using Reanchor.Functions.Exceptions;
using Reanchor.Functions.Http;
using Reanchor.Functions.Inventories;
using Reanchor.Functions.Proposals;
using Reanchor.Functions.Scanning;
using Reanchor.Functions.Tenants;
using Reanchor.LocalHost.Hosting;
using Reanchor.LocalHost.Identity;

namespace Reanchor.IntegrationTests.Fuzzing;

/// <summary>What requests are made from: the routes of the assembly, and ids, tokens and bodies with which they mean something.</summary>
internal sealed class FuzzTargets
{
    /// <summary>Routes that LocalHost has beside the functions.</summary>
    private static readonly MethodInfo Local = typeof(FuzzTargets).GetMethod(nameof(TokenFor))!;

    /// <summary>By function; the others take a reason.</summary>
    private static readonly Dictionary<string, Type> Bodies = new()
    {
        ["PutTenant"] = typeof(TenantBody),
        ["StartScan"] = typeof(ScanBody),
        ["PutException"] = typeof(ExceptionBody),
        ["DecideProposal"] = typeof(DecisionBody),
        ["DecideProposals"] = typeof(DecisionsBody),
        ["AnswerBatch"] = typeof(BatchDecisionBody),
        ["Subscribe"] = typeof(SubscriptionBody),
        ["PutAccess"] = typeof(AccessBody),
        ["ReportCollectorWork"] = typeof(SyncBody),
        ["LocalToken"] = typeof(LocalTokenRequest),
    };

    public IReadOnlyList<HttpFunction> Functions { get; } =
    [
        .. FunctionCatalog.Read(typeof(ReasonBody).Assembly).Http,
        new("LocalToken", Local, "local/token", ["POST"]),
        new("LocalConfiguration", Local, "local/.well-known/openid-configuration", ["GET"]),
        new("LocalKeys", Local, "local/keys", ["GET"]),
        new("Nothing", Local, "api/nothing/{tenantId}", ["GET", "POST"]),
    ];

    /// <summary>By role, for some tenants: an application's for the roles that only applications may hold.</summary>
    public required IReadOnlyDictionary<string, string> Tokens { get; init; }

    /// <summary>By role, for all tenants.</summary>
    public required IReadOnlyDictionary<string, string> WideTokens { get; init; }

    /// <summary>By route parameter.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Ids { get; init; }

    /// <summary>Continuation tokens that lists have given out.</summary>
    public required IReadOnlyList<string> Nexts { get; init; }

    public required byte[] Inventory { get; init; }

    public static string Prefix(HttpFunction function) => function.Method == Local ? "/" : "/api/";

    public IReadOnlyList<string> Known(string parameter) => Ids.GetValueOrDefault(parameter, []);

    /// <summary>The tenant that everything else is about stays registered, or nothing would be found from then on.</summary>
    public IReadOnlyList<string> Known(string parameter, HttpFunction function, string verb) =>
        verb == "DELETE" && function.Route == $"tenants/{{{HttpGate.TenantRouteValue}}}" ? [Known(parameter)[^1]] : Known(parameter);

    /// <summary>For a member of a body, by its name.</summary>
    public string? KnownValue(string member) => member switch
    {
        "reason" => "looked into it",
        "displayName" or "owner" or "name" => "Fuzz",
        "roles[]" => "Read",
        "digest" => Known("digest")[0],
        "tenants[]" => "*",
        "callbackUrl" => "https://prod-1.logic.azure.com/x?sig=1",
        "proposalId" => Known("proposalId")[0],
        "anchorAttribute" => "consistencyGuid",
        _ => null,
    };

    public string TokenFor(HttpFunction function) =>
        (function.Route.Contains($"{{{HttpGate.TenantRouteValue}}}", StringComparison.Ordinal) ? Tokens : WideTokens)[
            $"{function.Method.GetCustomAttribute<RequiresRoleAttribute>()?.AnyOf[0] ?? Role.Read}"];

    /// <summary>What the function reads, and now and then what another does.</summary>
    public static Type BodyOf(HttpFunction function, Junk junk) =>
        junk.Chance(0.1) ? junk.Of([.. Bodies.Values]) : Bodies.GetValueOrDefault(function.Name, typeof(ReasonBody));
}
