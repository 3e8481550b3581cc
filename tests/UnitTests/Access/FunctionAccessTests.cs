using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions;
using Reanchor.Functions.Access;

namespace Reanchor.UnitTests.Access;

public sealed class FunctionAccessTests
{
    private static readonly Type[] Product = typeof(Composition).Assembly.GetTypes();

    [Fact]
    public void WithoutRule_EveryHttpFunctionOfTheProduct_HasExactlyOne() => Assert.Empty(FunctionAccess.WithoutRule(Product));

    /// <summary>The test above would pass on an assembly in which nothing is found.</summary>
    [Fact]
    public void HttpFunctions_Product_AreAllFound()
    {
        var triggers = Product
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Count(method => method.GetParameters().Any(parameter => parameter.CustomAttributes.Any(
                attribute => attribute.AttributeType.Name == "HttpTriggerAttribute")));

        Assert.NotEqual(0, triggers);
        Assert.Equal(triggers, FunctionAccess.HttpFunctions(Product).Count);
    }

    /// <summary>What takes a person: who decides, who gives a tenant back its writes, who says which tenants there are and who may touch them.</summary>
    [Fact]
    public void Rules_OfTheProduct_KeepTheseForPersons()
    {
        var application = new Caller { Actor = new(ActorKind.Application, "id", "name", "issuer"), Roles = Enum.GetValues<Role>().ToHashSet(), Scope = TenantScope.All };
        var access = FunctionAccess.Of(Product);

        var refused = FunctionAccess.HttpFunctions(Product)
            .Select(function => function.Name)
            .Where(name => access.RuleOf(name)!.Decide(application, null) is AccessDecision.WrongKind);

        Assert.Equal(
            [
                "DecideProposal", "DecideProposals", "DeleteAccess", "DeleteException", "DeleteTenant", "GetAccess", "IssueCollectorKey",
                "LiftQuarantine", "LiftStop", "ListAccess", "PutAccess", "PutException", "PutTenant", "ReadConsent", "RequestRestore",
                "RequestScanRestore", "ResumeScan", "ResumeTenant", "RevokeCollectorKeys",
            ],
            refused.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WithoutRule_FunctionsWithNoneOrBothOrNoRole_AreNamed() =>
        Assert.Equal(["Both", "Empty", "Neither"], FunctionAccess.WithoutRule([typeof(Sample)]).Order());

    [Fact]
    public void RuleOf_Function_FollowsItsAttribute()
    {
        var access = FunctionAccess.Of([typeof(Sample)]);

        Assert.Equal([Role.Operate, Role.Upload], access.RuleOf("Ruled")!.Roles.Order());
        Assert.False(access.RuleOf("Open")!.NeedsSignIn);
        Assert.Null(access.RuleOf("Both"));
        Assert.Null(access.RuleOf("Neither"));
        Assert.Null(access.RuleOf("Queued"));
        Assert.Null(access.RuleOf("ruled"));
    }

    [Fact]
    public void Of_TwoFunctionsOfOneName_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => FunctionAccess.Of([typeof(Sample), typeof(Twin)]));

    private sealed class Sample
    {
        [Function("Ruled"), RequiresRole(Role.Upload, Role.Operate)]
        public static IResult Ruled([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok(request.Path);

        [Function("Open"), NoSignIn]
        public static IResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok(request.Path);

        [Function("Neither")]
        public static IResult Neither([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok(request.Path);

        [Function("Both"), NoSignIn, RequiresRole(Role.Read)]
        public static IResult Both([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok(request.Path);

        [Function("Empty"), RequiresRole]
        public static IResult Empty([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok(request.Path);

        [Function("Queued")]
        public static string Queued([QueueTrigger("somewhere")] string message) => message;
    }

    private sealed class Twin
    {
        [Function("Ruled"), NoSignIn]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok(request.Path);
    }
}
