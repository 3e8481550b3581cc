using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class UserQueryTests
{
    private const string Leftovers = "/users?$filter=onPremisesSyncEnabled ne true and onPremisesImmutableId ne null&$count=true";

    private static readonly Action<SimulatedTenant> Population = tenant =>
    {
        tenant.AddUser(RunningSimulator.User("leftover", "bGVmdG92ZXItYW5jaG9yIQ=="));
        tenant.AddUser(RunningSimulator.User("plain"));
        tenant.AddUser(RunningSimulator.User("restored", RunningSimulator.NewAnchor()) with { OnPremisesSyncEnabled = false });
        tenant.AddUser(RunningSimulator.User("synced", RunningSimulator.NewAnchor()) with { OnPremisesSyncEnabled = true });
        tenant.AddUser(RunningSimulator.User("quarantined") with
        {
            OnPremisesProvisioningErrors = [new() { PropertyCausingError = "UserPrincipalName", Value = "plain@contoso.example" }],
        });
    };

    [Theory]
    [InlineData("onPremisesSyncEnabled ne true and onPremisesImmutableId ne null", "leftover,restored")]
    [InlineData("onPremisesSyncEnabled ne true", "leftover,plain,quarantined,restored")]
    [InlineData("onPremisesSyncEnabled eq null", "leftover,plain,quarantined")]
    [InlineData("not (onPremisesSyncEnabled eq true) and startswith(userPrincipalName,'p')", "plain")]
    [InlineData("onPremisesImmutableId eq null or onPremisesSyncEnabled eq true", "plain,quarantined,synced")]
    [InlineData("endswith(mail,'@CONTOSO.example') and userPrincipalName ne 'plain@contoso.example'", "leftover,quarantined,restored,synced")]
    public async Task List_AdvancedFilter_ReturnsTheMatches(string filter, string expected)
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);

        var answer = await simulator.GetAsync($"/users?$filter={filter}&$count=true", eventual: true);

        Assert.Equal(expected.Split(','), answer.Names);
        Assert.Equal(expected.Split(',').Length, answer.Json.GetProperty("@odata.count").GetInt32());
    }

    [Theory]
    [InlineData("onPremisesImmutableId eq 'bGVmdG92ZXItYW5jaG9yIQ=='", "leftover")]
    [InlineData("onPremisesImmutableId eq 'BGVMDG92ZXITYW5JAG9YIQ=='", "")]
    [InlineData("onPremisesImmutableId in ('bGVmdG92ZXItYW5jaG9yIQ==','x')", "leftover")]
    [InlineData("userPrincipalName eq 'Plain@contoso.example'", "plain")]
    [InlineData("mail eq 'plain@contoso.example'", "plain")]
    [InlineData("proxyAddresses/any(p:p eq 'smtp:plain.old@contoso.example')", "plain")]
    [InlineData("proxyAddresses/any(x:startswith(x,'smtp:synced'))", "synced")]
    [InlineData("onPremisesProvisioningErrors/any(e:e/category eq 'PropertyConflict')", "quarantined")]
    [InlineData("userType eq 'Guest'", "")]
    [InlineData("onPremisesSyncEnabled eq false", "restored")]
    public async Task List_PlainFilter_NeedsNoHeader(string filter, string expected)
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);

        var answer = await simulator.GetAsync($"/users?$filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(expected.Length == 0 ? [] : expected.Split(','), answer.Names);
    }

    [Theory]
    [InlineData("$filter=onPremisesSyncEnabled ne true&$count=true", false)]
    [InlineData("$filter=onPremisesSyncEnabled ne true", true)]
    [InlineData("$filter=onPremisesImmutableId eq null", true)]
    [InlineData("$filter=not startswith(mail,'a')", true)]
    [InlineData("$filter=onPremisesSamAccountName eq 'a'", false)]
    [InlineData("$filter=mail eq 'a'&$orderby=displayName", false)]
    [InlineData("$filter=proxyAddresses/any(p:endswith(p,'a'))", false)]
    [InlineData("$filter=onPremisesProvisioningErrors/$count eq 0", false)]
    public async Task List_AdvancedQueryWithoutHeaderOrCount_Refuses(string query, bool eventual)
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);

        var answer = await simulator.GetAsync($"/users?{query}", eventual);

        Assert.Equal((400, "Request_UnsupportedQuery"), (answer.Status, answer.ErrorCode));
    }

    [Theory]
    [InlineData("onPremisesDomainName eq 'corp'")]
    [InlineData("onPremisesUserPrincipalName eq 'corp'")]
    [InlineData("startswith(onPremisesImmutableId,'a')")]
    public async Task List_FilterThatGraphRefuses_Refuses(string filter)
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);

        var answer = await simulator.GetAsync($"/users?$filter={filter}&$count=true", eventual: true);

        Assert.Equal((400, "Request_UnsupportedQuery"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task List_NullFilterSwitchedOff_RefusesItAndStillTakesTheFallback()
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);
        simulator.Tenant.Settings = simulator.Tenant.Settings with { RefusesImmutableIdNullFilter = true };

        var refused = await simulator.GetAsync(Leftovers, eventual: true);
        var fallback = await simulator.GetAsync("/users?$filter=onPremisesSyncEnabled ne true&$count=true", eventual: true);

        Assert.Equal((400, "Request_UnsupportedQuery"), (refused.Status, refused.ErrorCode));
        Assert.Equal(4, fallback.Items.Count);
    }

    [Theory]
    [InlineData("$filter=mail eq")]
    [InlineData("$filter=mail eq 'a")]
    [InlineData("$filter=(mail eq 'a'")]
    [InlineData("$filter=onPremisesSyncEnabled eq 'true'")]
    [InlineData("$filter=mail eq 5")]
    [InlineData("$filter=nonsense eq 'a'")]
    [InlineData("$select=nonsense")]
    [InlineData("$select=id,")]
    [InlineData("$top=many")]
    [InlineData("$count=maybe&$filter=mail eq 'a'")]
    [InlineData("$top=5&$top=6")]
    public async Task List_MalformedQuery_IsABadRequest(string query)
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);

        var answer = await simulator.GetAsync($"/users?{query}");

        Assert.Equal((400, "BadRequest"), (answer.Status, answer.ErrorCode));
    }

    [Theory]
    [InlineData("/users?$expand=manager", "$expand")]
    [InlineData("/users?$search=\"a\"", "$search")]
    [InlineData("/users?$select=signInActivity", "signInActivity")]
    [InlineData("/users?$select=onPremisesObjectIdentifier", "onPremisesObjectIdentifier")]
    [InlineData("/users?$filter=displayName gt 'a'", "gt")]
    [InlineData("/users?$filter=contains(displayName,'a')", "contains")]
    [InlineData("/users?$filter=createdDateTime ge 2026-01-01T00:00:00Z", "createdDateTime")]
    [InlineData("/users/delta", "/users/delta")]
    [InlineData("/devices", "/devices")]
    [InlineData("/groups", "$select")]
    public async Task Get_WhatIsNotModelled_SaysSo(string path, string named)
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);

        var answer = await simulator.GetAsync(path);

        Assert.Equal((501, "NotSimulated"), (answer.Status, answer.ErrorCode));
        Assert.Contains(named, answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithoutSelect_ShowsTheDefaultSetOnly()
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);

        var answer = await simulator.GetAsync("/users?$top=1");

        string[] expected =
        [
            "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone", "officeLocation",
            "preferredLanguage", "surname", "userPrincipalName",
        ];
        Assert.Equal(expected, answer.Items[0].EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_BetaSelect_ShowsTheObjectIdentifierAndNulls()
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);

        var answer = await simulator.GetAsync("/beta/users?$top=1&$select=id,onPremisesObjectIdentifier,onPremisesSyncEnabled,proxyAddresses");

        Assert.Equal("null", answer.Items[0].GetProperty("onPremisesObjectIdentifier").GetRawText());
        Assert.Equal("null", answer.Items[0].GetProperty("onPremisesSyncEnabled").GetRawText());
        Assert.Equal(2, answer.Items[0].GetProperty("proxyAddresses").GetArrayLength());
    }

    [Fact]
    public async Task Count_WithAndWithoutHeader_AnswersOrRefuses()
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);

        var counted = await simulator.GetAsync("/users/$count?$filter=onPremisesSyncEnabled ne true", eventual: true);
        var refused = await simulator.GetAsync("/users/$count");

        Assert.Equal((200, "4"), (counted.Status, counted.Text));
        Assert.Equal((400, "Request_BadRequest"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Get_ByIdUpnAndUnknown_AnswersOrIsNotFound()
    {
        await using var simulator = await RunningSimulator.StartAsync(Population);
        var user = simulator.Tenant.FindUser("plain@contoso.example")!;

        var byId = await simulator.GetAsync($"/users/{user.Id}?$select=id");
        var byUpn = await simulator.GetAsync("/users/plain@contoso.example?$select=id");
        var unknown = await simulator.GetAsync($"/users/{Guid.NewGuid()}");

        Assert.Equal(byId.Json.GetProperty("id").GetString(), byUpn.Json.GetProperty("id").GetString());
        Assert.Equal((404, "Request_ResourceNotFound"), (unknown.Status, unknown.ErrorCode));
    }
}
