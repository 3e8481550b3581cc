using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reanchor.Access;
using Reanchor.Contracts;
using Reanchor.Preflight;

namespace Reanchor.UnitTests.Infra;

/// <summary>infra/setup.ps1, run by PowerShell itself before a stand-in for the Azure CLI.</summary>
public sealed partial class SetupScriptTests
{
    private const string FirstTime = "$global:Existing = $false";
    private const string Reader = "11111111-1111-1111-1111-111111111111";
    private const string Writer = "22222222-2222-2222-2222-222222222222";
    private const string Again = "$global:Existing = $true";
    private const string GiveDecide = "rest --method post --url https://graph.microsoft.com/v1.0/servicePrincipals/principal-workflow/appRoleAssignments --body";

    private static readonly string Script = Repository.Path("infra/setup.ps1");

    [Fact]
    public void Script_ByPowerShellsOwnParser_HasNoError()
    {
        Parser.ParseFile(Script, out _, out var errors);

        Assert.Empty(errors);
    }

    [Fact]
    public void Run_FirstTime_MakesAKeyAndABudgetAndLetsTheApplicationsTrustTheirIdentities()
    {
        var run = Run(FirstTime);

        Assert.Equal(32, Convert.FromBase64String(run.Environment["REANCHOR_AUDIT_KEY"]).Length);
        Assert.EndsWith("-01", run.Environment["REANCHOR_BUDGET_START"], StringComparison.Ordinal);
        Assert.Equal("operators@example.com", run.Environment["REANCHOR_OPS_EMAIL"]);
        Assert.Contains(run.Calls, call => call.Contains("ad app create --display-name Reanchor API (prod) --sign-in-audience AzureADMyOrg", StringComparison.Ordinal));
        Assert.Contains("\"subject\": \"principal-reader\"", run.File($"ad app federated-credential create --id {Reader} --parameters"), StringComparison.Ordinal);
        Assert.Contains("\"subject\": \"principal-writer\"", run.File($"ad app federated-credential create --id {Writer} --parameters"), StringComparison.Ordinal);
        Assert.Contains(
            "https://login.microsoftonline.com/44444444-4444-4444-4444-444444444444/v2.0",
            run.File($"ad app federated-credential create --id {Reader} --parameters"), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FirstTime_RecordsEachRegistrationThatItMakes() => Assert.Equal(
        [
            $"tag update --resource-id /groups/reanchor --operation Merge --tags reanchor-API={Reader}",
            $"tag update --resource-id /groups/reanchor --operation Merge --tags reanchor-reader={Reader}",
            $"tag update --resource-id /groups/reanchor --operation Merge --tags reanchor-writer={Writer}",
        ],
        Run(FirstTime).Calls.Where(call => call.StartsWith("tag ", StringComparison.Ordinal)).Select(WithoutFormat));

    [Fact]
    public void Run_RegistrationOfThatNameThatItHasNotMade_StopsBeforeItChangesAnything()
    {
        var failure = Assert.ThrowsAny<RuntimeException>(() => Run($$"""{{Again}}; $global:Tags = '{"owner":"somebody"}'; $global:Failing = 'ad app update*'"""));

        Assert.Contains("has not made for reanchor", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"az tag update --resource-id /groups/reanchor --operation Merge --tags reanchor-API={Reader}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ResourceGroupOfAnotherEnvironment_IsRefusedBeforeAnythingIsRegistered()
    {
        var failure = Assert.ThrowsAny<RuntimeException>(
            () => Run($$"""{{FirstTime}}; $global:Resources = '["mine","func-reanchor-dev-1"]'; $global:Failing = 'ad app*'"""));

        Assert.StartsWith("reanchor holds another environment's installation (func-reanchor-dev-1)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ResourceGroupOfItsOwnEnvironmentAndOtherThings_GoesOn() =>
        Assert.NotEmpty(Run($$"""{{Again}}; $global:Resources = '["mine-dev-1","func-reanchor-prod-1"]'""").Environment);

    [Theory]
    [InlineData(Reader, DirectoryUse.Read)]
    [InlineData(Writer, DirectoryUse.Write)]
    public void Run_FirstTime_AsksForEveryPermissionOfItsUseAndNoOther(string application, DirectoryUse use)
    {
        using var access = JsonDocument.Parse(Run(FirstTime).File($"ad app update --id {application} --required-resource-accesses"));

        var asked = access.RootElement[0].GetProperty("resourceAccess").EnumerateArray()
            .Select(permission => permission.GetProperty("id").GetString()!["id-of-".Length..]);

        // Cloud Sync is of use to some customers only; docs/deploy.md says how to add its permission.
        Assert.Equal(
            DirectoryPermissions.All.Where(permission => permission.Uses.Contains(use)).Select(permission => permission.Name)
                .Except([DirectoryPermissions.SynchronizationWrite]).Order(StringComparer.Ordinal),
            asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_FirstTime_LetsTheConsoleSignPeopleIn() => Assert.Contains(
        Run(FirstTime).Files
            .Where(file => file.Key.StartsWith("rest --method patch --url https://graph.microsoft.com/v1.0/applications/", StringComparison.Ordinal))
            .SelectMany(file => file.Value),
        body => body.Contains("\"spa\"", StringComparison.Ordinal) && body.Contains("/api/console/\"", StringComparison.Ordinal));

    [Fact]
    public void Run_WithApprovers_LetsTheWorkflowDecideAndNothingElse()
    {
        var run = Run(FirstTime, "-Approvers 'a@example.com;b@example.com'");

        Assert.Equal("a@example.com;b@example.com", run.Environment["REANCHOR_APPROVERS"]);
        Assert.Equal("api://11111111-1111-1111-1111-111111111111", run.Environment["REANCHOR_APPROVALS_AUDIENCE"]);
        using var roles = JsonDocument.Parse(File.ReadAllText(Repository.Path("infra/app-roles.json")));
        var decide = roles.RootElement.EnumerateArray().Single(role => role.GetProperty("value").GetString() == nameof(Role.Decide));
        using var assignment = JsonDocument.Parse(run.File(GiveDecide));
        Assert.Equal(decide.GetProperty("id").GetString(), assignment.RootElement.GetProperty("appRoleId").GetString());
        Assert.Equal("sp-1", assignment.RootElement.GetProperty("resourceId").GetString());
        Assert.Equal("principal-workflow", assignment.RootElement.GetProperty("principalId").GetString());
    }

    [Fact]
    public void Run_Again_ChangesNoKeyNoBudgetAndRegistersNothing()
    {
        var run = Run(Again);

        Assert.All(
            ["REANCHOR_AUDIT_KEY", "REANCHOR_BUDGET_START", "REANCHOR_PREVIOUS_AUDIT_KEY_VERSION", "REANCHOR_APPROVERS", "REANCHOR_FIRST_ADMINISTRATORS"],
            (string name) => Assert.Equal("", run.Environment.GetValueOrDefault(name, "")));
        Assert.DoesNotContain(run.Calls, call => call.StartsWith("ad", StringComparison.Ordinal) && call.Contains(" create", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Calls, call => call.StartsWith("group create", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Calls, call => call.Contains("federated-credential update", StringComparison.Ordinal));
        Assert.Contains(run.Calls, call => call.StartsWith("deployment group create", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Again_MovesTheTrustToAnIdentityThatWasMadeAnew()
    {
        var run = Run($"{Again}; $global:Subject = 'principal-of-before'");

        Assert.Contains(
            "\"subject\": \"principal-reader\"",
            run.File($"ad app federated-credential update --id {Reader} --federated-credential-id reanchor-prod --parameters"), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Calls, call => call.StartsWith($"ad app federated-credential update --id {Writer}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sp-1", "DECIDE", false)]
    [InlineData("sp-1", "another", true)]
    [InlineData("another", "DECIDE", true)]
    public void Run_Again_GivesTheWorkflowItsRoleOnce(string resource, string role, bool given)
    {
        using var roles = JsonDocument.Parse(File.ReadAllText(Repository.Path("infra/app-roles.json")));
        var decide = roles.RootElement.EnumerateArray().Single(r => r.GetProperty("value").GetString() == nameof(Role.Decide)).GetProperty("id").GetString();
        var held = JsonSerializer.Serialize(new[] { new { resourceId = resource, appRoleId = role.Replace("DECIDE", decide, StringComparison.Ordinal) } });

        var run = Run($"{Again}; $global:Assignments = '{held}'");

        Assert.Equal(given, run.Files.ContainsKey(GiveDecide));
    }

    [Fact]
    public void Run_RotateAuditKey_KeepsTheVersionBefore()
    {
        var run = Run(Again, "-RotateAuditKey");

        Assert.Equal(32, Convert.FromBase64String(run.Environment["REANCHOR_AUDIT_KEY"]).Length);
        Assert.Equal("version-7", run.Environment["REANCHOR_PREVIOUS_AUDIT_KEY_VERSION"]);
        Assert.StartsWith("rest --method post --url /sites/func-1/config/configreferences/appsettings/refresh", run.Calls[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"name":"ScanSchedule","value":"true"}]""", "false")]
    [InlineData("""[{"name":"Reanchor__Paused","value":"False"}]""", "false")]
    [InlineData("""[{"name":"Reanchor__Paused","value":"True"}]""", "true")]
    public void Run_Again_LeavesWritesStoppedWhereSomebodyStoppedThem(string settings, string paused) =>
        Assert.Equal(paused, Run($"{Again}; $global:Settings = '{settings}'").Environment["REANCHOR_PAUSED"]);

    [Fact]
    public void Run_Again_AsksWhetherWritesAreStoppedRightBeforeItDeploys()
    {
        var calls = Run(Again).Calls.ToList();

        Assert.StartsWith("functionapp config appsettings list", calls[calls.FindIndex(call => call.StartsWith("deployment group create", StringComparison.Ordinal)) - 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "false")]
    [InlineData("""["Unlocked"]""", "false")]
    [InlineData("""["Locked"]""", "true")]
    public void Run_Again_LeavesALockedRuleAboutSealsAlone(string states, string locked) =>
        Assert.Equal(locked, Run($"{Again}; $global:Seals = '{states}'").Environment["REANCHOR_SEALS_LOCKED"]);

    [Fact]
    public void Run_FirstAdministrators_AreHandedOn() => Assert.Equal(
        "88888888-8888-8888-8888-888888888888",
        Run(FirstTime, "-FirstAdministrators 88888888-8888-8888-8888-888888888888").Environment["REANCHOR_FIRST_ADMINISTRATORS"]);

    [Theory]
    [InlineData("deployment group create*", "az deployment group create failed")]
    [InlineData("ad app update*", "az ad app update failed")]
    public void Run_AzureSaysNo_StopsThere(string failing, string words)
    {
        var failure = Assert.ThrowsAny<RuntimeException>(() => Run($"{FirstTime}; $global:Failing = '{failing}'"));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PackageThatIsNone_SaysWhatToName()
    {
        var failure = Assert.ThrowsAny<RuntimeException>(() => Run(Again, $"-Package '{AppContext.BaseDirectory}infra-nothing'"));

        Assert.Contains("holds no host.json", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Variables_OfParameterFile_AreThoseThatTheScriptSets(string environment)
    {
        var script = File.ReadAllText(Script);
        var read = Variables().Matches(File.ReadAllText(Repository.Path($"infra/main.{environment}.bicepparam"))).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(read);
        Assert.All(read, name => Assert.Contains($"$env:{name} =", script, StringComparison.Ordinal));
    }

    [Fact]
    public void AppRoles_OfTheRegistration_AreThoseOfTheCode()
    {
        using var roles = JsonDocument.Parse(File.ReadAllText(Repository.Path("infra/app-roles.json")));

        var values = roles.RootElement.EnumerateArray().Select(role => role.GetProperty("value").GetString()!).ToList();

        Assert.Equal(Enum.GetNames<Role>().Order(), values.Order());
        Assert.Equal(values.Count, roles.RootElement.EnumerateArray().Select(role => role.GetProperty("id").GetGuid()).Distinct().Count());
    }

    private static RecordedRun Run(string state, string parameters = "")
    {
        var graphRoles = JsonSerializer.Serialize(new
        {
            appRoles = DirectoryPermissions.All.Select(permission => new { id = $"id-of-{permission.Name}", value = permission.Name }),
        });
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(
            $"""
            $ErrorActionPreference = 'Stop'
            {File.ReadAllText(Repository.Path("tests/UnitTests/Infra/az.ps1"))}
            {state}
            $global:GraphRoles = '{graphRoles}'
            & '{Script}' -Environment prod -ResourceGroup reanchor -Location westeurope -OpsEmail operators@example.com {parameters} 6> $null
            """);
        shell.Invoke();

        var files = (System.Collections.Hashtable)runspace.SessionStateProxy.GetVariable("Files");
        return new(
            [.. ((IEnumerable<string>)runspace.SessionStateProxy.GetVariable("Calls"))],
            files.Keys.Cast<string>().ToDictionary(key => key, key => ((object[])files[key]!).Select(file => $"{file}").ToList()),
            ((object[])runspace.SessionStateProxy.GetVariable("Environment")).Select(pair => $"{pair}".Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
    }

    private static string WithoutFormat(string call) => call.Replace(" --output json --only-show-errors", "", StringComparison.Ordinal);

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'")]
    private static partial Regex Variables();

    private sealed record RecordedRun(
        IReadOnlyList<string> Calls, IReadOnlyDictionary<string, List<string>> Files, IReadOnlyDictionary<string, string> Environment)
    {
        /// <summary>What the one file held that a call handed over; a call is known by its words before the file.</summary>
        public string File(string call) => Assert.Single(Files[call]);
    }
}
