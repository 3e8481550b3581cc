using System.Net;
using Reanchor.Access;
using Reanchor.Functions;
using Reanchor.Functions.Access;
using Reanchor.LocalHost.Hosting;

namespace Reanchor.UnitTests.Access;

/// <summary>Every HTTP function of the product, behind the gate: who gets past it.</summary>
public sealed class EveryRouteTests
{
    private const string Inside = "11111111-1111-1111-1111-111111111111";
    private const string Outside = "22222222-2222-2222-2222-222222222222";

    private static readonly FunctionCatalog Catalog = FunctionCatalog.Read(typeof(Composition).Assembly);
    private static readonly FunctionAccess Access = FunctionAccess.Of(typeof(Composition).Assembly);
    private static readonly string[] AllRoles = Enum.GetNames<Role>();

    [Fact]
    public async Task Admit_FunctionOfATenant_HidesItFromWhoIsOutsideTheScope()
    {
        await using var host = await GateHost.StartProductAsync(Catalog);
        var functions = Catalog.Http.Where(function => function.Route.Contains("{tenantId}", StringComparison.Ordinal)).ToList();

        Assert.True(functions.Count > 30, "The catalogue has too few functions to prove anything.");

        foreach (var function in functions)
        {
            var kind = RoleHolder(function);
            Assert.Equal((function.Name, HttpStatusCode.NotFound), await TryAsync(host, function, Outside, host.Token(AllRoles, [Inside], kind: kind)));
            Assert.Equal((function.Name, GateHost.Admitted), await TryAsync(host, function, Inside, host.Token(AllRoles, [Inside], kind: kind)));
        }
    }

    [Fact]
    public async Task Admit_EveryFunction_RefusesWhoHasNoTokenOrNoRole()
    {
        await using var host = await GateHost.StartProductAsync(Catalog);

        foreach (var function in Catalog.Http.Where(function => Access.RuleOf(function.Name)!.NeedsSignIn))
        {
            // A role that a person cannot have.
            var without = host.Token([nameof(Role.Decide)], ["*"]);
            Assert.Equal((function.Name, HttpStatusCode.Unauthorized), await TryAsync(host, function, Inside, token: null));
            Assert.Equal((function.Name, HttpStatusCode.Forbidden), await TryAsync(host, function, Inside, without));
        }
    }

    /// <summary>Also says which are open, so that one more is noticed.</summary>
    [Fact]
    public void Rules_OfTheProduct_LeaveTheseOpen() => Assert.Equal(
        ["GetConsole", "GetHealth", "GetOpenApi"],
        Catalog.Http.Where(function => !Access.RuleOf(function.Name)!.NeedsSignIn).Select(function => function.Name).Order());

    private static ActorKind RoleHolder(HttpFunction function) =>
        Access.RuleOf(function.Name)!.Roles.Any(role => role.IsFor(ActorKind.Person)) ? ActorKind.Person : ActorKind.Application;

    private static async Task<(string Function, HttpStatusCode Status)> TryAsync(GateHost host, HttpFunction function, string tenant, string? token)
    {
        var path = string.Join('/', function.Route.Split('/').Select(part => part switch
        {
            "{tenantId}" => tenant,
            ['{', ..] => "x",
            _ => part,
        }));

        using var response = await host.SendAsync(new(function.Verbs[0]), $"/api/{path}", token);
        return (function.Name, response.StatusCode);
    }
}
