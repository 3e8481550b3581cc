using System.Reflection;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.LocalHost.Hosting;

namespace Reanchor.IntegrationTests.Fuzzing;

/// <summary>What requests are made from: the routes of the assembly, and ids, tokens and bodies with which they mean something.</summary>
internal sealed class FuzzTargets
{
    /// <summary>Routes that LocalHost has beside the functions.</summary>
    private static readonly MethodInfo Local = typeof(FuzzTargets).GetMethod(nameof(TokenFor))!;

    private static readonly List<Type> AllBodies =
        [.. typeof(ReasonBody).Assembly.GetTypes().Where(t => t.Name.EndsWith("Body", StringComparison.Ordinal) && !t.IsAbstract)];

    public IReadOnlyList<HttpFunction> Functions { get; } =
    [
        .. FunctionCatalog.Read(typeof(ReasonBody).Assembly).Http,
        new("LocalToken", Local, "local/token", ["POST"]),
        new("LocalConfiguration", Local, "local/.well-known/openid-configuration", ["GET"]),
        new("LocalKeys", Local, "local/keys", ["GET"]),
        new("Nothing", Local, "api/nothing/{tenantId}", ["GET", "POST"]),
    ];

    /// <summary>By role.</summary>
    public required IReadOnlyDictionary<string, string> Tokens { get; init; }

    /// <summary>By route parameter.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Ids { get; init; }

    /// <summary>Continuation tokens that lists have given out.</summary>
    public required IReadOnlyList<string> Nexts { get; init; }

    public required byte[] Inventory { get; init; }

    public static string Prefix(HttpFunction function) => function.Method == Local ? "/" : "/api/";

    public IReadOnlyList<string> Known(string parameter) => Ids.GetValueOrDefault(parameter, []);

    /// <summary>For a member of a body, by its name.</summary>
    public string? KnownValue(string member) => member switch
    {
        "reason" => "looked into it",
        "displayName" or "owner" => "Fuzz",
        "digest" => Known("digest")[0],
        "proposalId" => Known("proposalId")[0],
        "anchorAttribute" => "consistencyGuid",
        _ => null,
    };

    public string TokenFor(HttpFunction function) =>
        function.Method.GetCustomAttribute<RequiresRoleAttribute>() is { } required ? Tokens[$"{required.AnyOf[0]}"] : Tokens["Read"];

    /// <summary>Bodies of the function's own folder, and one that many share.</summary>
    public static IReadOnlyList<Type> BodiesOf(HttpFunction function) => function.Name == "LocalToken"
        ? [typeof(Reanchor.LocalHost.Identity.LocalTokenRequest)]
        : [.. AllBodies.Where(body => body.Namespace == function.Method.DeclaringType!.Namespace), typeof(ReasonBody)];
}
