using System.Net;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A first-level technician has the sync's error mail in hand, and asks about the users of the demonstration's Contoso.</summary>
public sealed class DiagnosisTests(DiagnosisTests.Host shared) : IClassFixture<DiagnosisTests.Host>
{
    [Fact]
    public async Task Diagnosis_OfTheUserFromTheStory_SaysTheCauseAndTheNextStep()
    {
        var (status, answer) = await shared.DiagnoseAsync("elena.petrova@contoso.example?error=AttributeValueMustBeUnique");

        var conclusion = answer.GetProperty("conclusion");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("conclusion", answer.EnumerateObject().First().Name);
        Assert.StartsWith("This user still carries the ImmutableID of an AD account that no longer exists", Text(conclusion, "cause"), StringComparison.Ordinal);
        Assert.Contains("elena.petrova (corp)", Text(conclusion, "cause"), StringComparison.Ordinal);
        Assert.Contains("\"may already be associated with another object\"", Text(conclusion, "cause"), StringComparison.Ordinal);
        Assert.Contains($"proposal {Text(conclusion, "proposalId")} waits for approval", Text(conclusion, "nextStep"), StringComparison.Ordinal);
        Assert.Equal("pending", Text(conclusion, "proposalStatus"));

        var checks = answer.GetProperty("checks").EnumerateArray().ToList();
        Assert.Equal(["userExists", "stillSynced", "inventories", "leftoverAnchor"], checks.Take(4).Select(check => Text(check, "name")));
        Assert.Equal("leftoverAnchor", Text(Assert.Single(checks, check => Text(check, "state") != "pass"), "name"));

        // The sync that went before reported this very error for her account.
        Assert.Equal("yes", Text(answer.GetProperty("error"), "occurs"));
        Assert.Contains(shared.ErrorOf("elena.petrova@contoso.example"), answer.GetProperty("expectedErrors").EnumerateArray().Select(name => name.GetString()));
    }

    [Theory]
    [InlineData("maya.lindqvist@contoso.example", "This user is synced already", "Nothing has to be done")]
    [InlineData("oskar.nyman@contoso.example", "oskar.nyman (corp) holds this anchor", "scope of sync")]
    [InlineData("grace.whitfield@contoso.example", "not the Base64 of a 16-byte GUID", "Find out who wrote it")]
    [InlineData("daniel.mercer@sso.contoso.example", "is federated", "Leave the anchor alone")]
    [InlineData("walter.brandt@contoso.example", "No on-premises account has this UPN or primary address", "Correct the UPN")]
    [InlineData("victor.alvarez@contoso.example", "holds a directory role", "Remove the roles")]
    [InlineData("peter.holm@contoso.example", "The deleted user", "Look at the deleted user in Entra")]
    [InlineData("kenji.ito_litware.example%23EXT%23@contoso.onmicrosoft.com", "The user is external", "Give the AD account another address")]
    public async Task Diagnosis_OfALookAlike_SaysWhyItIsLeftAlone(string user, string cause, string nextStep)
    {
        var (status, answer) = await shared.DiagnoseAsync(user);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(cause, Text(answer.GetProperty("conclusion"), "cause"), StringComparison.Ordinal);
        Assert.Contains(nextStep, Text(answer.GetProperty("conclusion"), "nextStep"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagnosis_AGroupHasTheAddress_SaysThatAClearIsNotEnough()
    {
        shared.Tenant.AddGroup(new() { DisplayName = "Sam's team", ProxyAddresses = ["smtp:sam.carter@contoso.example"] });

        var (_, answer) = await shared.DiagnoseAsync("samuel.carter@contoso.example");

        Assert.Contains("The group Sam's team", Text(answer.GetProperty("conclusion"), "cause"), StringComparison.Ordinal);
        Assert.Contains("ObjectTypeMismatch", answer.GetProperty("expectedErrors").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Diagnosis_OfADeletedUser_SaysThatItIsDeleted()
    {
        var (status, answer) = await shared.DiagnoseAsync(shared.Tenant.DeletedUsers.Single().Id.ToString());

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("This user is deleted", Text(answer.GetProperty("conclusion"), "cause"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagnosis_UnknownError_ListsTheKnownOnes()
    {
        var (status, problem) = await shared.DiagnoseAsync("elena.petrova@contoso.example?error=E_FAIL");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("InvalidSoftMatch", Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagnosis_DirectoryDown_Is503WithWords()
    {
        await using var stage = await Stage.SetAsync();
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, new Uri("http://127.0.0.1:9/"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer"]);
        var tenant = Guid.NewGuid();
        await ada.PutAsync($"tenants/{tenant}", new { displayName = "Nowhere" });

        var (status, problem, _) = await ada.SendAsync(HttpMethod.Get, $"tenants/{tenant}/users/ann@nowhere.example/diagnosis");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("could not be read", Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HardMatch_OfThePendingProposal_GivesTheCommandsForHerAccount()
    {
        var nadia = shared.Tenant.Users.Single(user => user.DisplayName == "Nadia Haddad");
        var proposal = (await shared.Reader.ListAsync($"tenants/{shared.Tenant.Id}/proposals")).Single(p => p.GetProperty("userId").GetGuid() == nadia.Id);

        var plan = await shared.Reader.GetAsync($"tenants/{shared.Tenant.Id}/proposals/{Text(proposal, "proposalId")}/hard-match");

        Assert.Equal("possible", Text(plan, "advice"));
        var write = Text(plan.GetProperty("steps")[1], "command");
        Assert.Contains($"'{nadia.OnPremisesImmutableId}'", write, StringComparison.Ordinal);
        Assert.Contains($"-Identity '{Text(proposal.GetProperty("partner"), "objectGuid")}'", write, StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>Contoso after a sync that failed for some and a scan that proposed.</summary>
    public sealed class Host : IAsyncLifetime
    {
        private Stage? _stage;
        private LocalHostProcess? _process;
        private SyncReport? _report;

        internal Api Reader { get; private set; } = null!;

        public SimulatedTenant Tenant { get; private set; } = null!;

        public string ErrorOf(string account) => _report!.Results.Single(r => r.UserPrincipalName == account).Error!.Name;

        internal async Task<(HttpStatusCode Status, JsonElement Body)> DiagnoseAsync(string user)
        {
            var parts = user.Split('?');
            var path = $"tenants/{Tenant.Id}/users/{parts[0]}/diagnosis" + (parts.Length > 1 ? $"?{parts[1]}" : "");
            var (status, body, _) = await Reader.SendAsync(HttpMethod.Get, path);
            return (status, body);
        }

        public async ValueTask InitializeAsync()
        {
            _stage = await Stage.SetAsync();
            SampleTenants.AddTo(_stage.Cloud);
            Tenant = _stage.Cloud.Tenants.Single(tenant => tenant.DisplayName == "Contoso");
            _report = Tenant.RunSync();
            _process = await LocalHostProcess.StartAsync(_stage.Storage, _stage.Graph);
            Reader = await Api.SignInAsync(_process.Origin, "ruth", ["Read"]);
            using var ada = await Api.SignInAsync(_process.Origin, "ada", ["Administer", "Operate", "Upload"]);
            await Stage.RegisterAsync(ada, Tenant, "propose");
            await ada.ScanAsync(Tenant.Id, "propose");
            await Deadline.UntilAsync(
                "the leftovers are proposed", async () => (await Reader.ListAsync($"tenants/{Tenant.Id}/proposals?status=pending")).Count == 3);
        }

        public async ValueTask DisposeAsync()
        {
            Reader?.Dispose();

            if (_process is not null)
            {
                await _process.DisposeAsync();
            }

            await _stage!.DisposeAsync();
        }
    }
}
