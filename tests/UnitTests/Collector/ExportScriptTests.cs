using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Reanchor.Inventories;

namespace Reanchor.UnitTests.Collector;

/// <summary>Export-ReanchorInventory.ps1, run by PowerShell itself before a stand-in for the ActiveDirectory module.</summary>
public sealed class ExportScriptTests : IDisposable
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Collector", "Export-ReanchorInventory.ps1");
    private static readonly string Module = Path.Combine(AppContext.BaseDirectory, "Collector", "ActiveDirectory.psm1");

    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-script-").FullName;

    private string Out => Path.Combine(_folder, "corp.ndjson.gz");

    [Fact]
    public void Script_ByPowerShellsOwnParser_HasNoError()
    {
        Parser.ParseFile(Script, out var tokens, out var errors);

        Assert.Empty(errors);
        Assert.NotEmpty(tokens);
    }

    [Fact]
    public async Task Run_ForestThatChangesMeanwhile_ListsEveryAccountOnce()
    {
        var output = Run(
            """
            $global:Fake = @{
                Synchronized = 'TRUE'
                Domains = 'corp.example', 'sub.corp.example'
                Live = @{ 'corp.example' = (New-Account 1), (New-Account 2); 'sub.corp.example' = (New-Account 3) }
                Deleted = @{ 'corp.example' = (New-Account 2 @{ isDeleted = $true }), (New-Account 4 @{ isDeleted = $true }) }
                Changed = @{ 'corp.example' = (New-Account 1), (New-Account 5) }
            }
            """);

        var accounts = await ReadAsync();
        Assert.Equal(["u1", "u2", "u3", "u4", "u5"], accounts.Select(a => a.SamAccountName));
        Assert.Equal("u4", Assert.Single(accounts, a => a.Deleted).SamAccountName);
        Assert.All(accounts.Where(a => !a.Deleted), a => Assert.True(a.Enabled));
        Assert.Equal(
            ["CN=u1,OU=People,DC=corp,DC=example", null],
            accounts.Where(a => a.SamAccountName is "u1" or "u4").Select(a => a.DistinguishedName));
        Assert.Contains("Read 5 accounts of 2 domains of the forest corp.example. 1 of them are deleted.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("-AnchorAttribute employeeID", "E1")]
    public async Task Run_ConsistencyGuidOfAnyLength_IsNeverLost(string parameters, string? customAnchor)
    {
        Run(
            """
            $guid = [Guid]'e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b'
            $global:Fake = @{
                Synchronized = 'TRUE'
                Domains = @('corp.example')
                Live = @{ 'corp.example' =
                    (New-Account 1 @{ 'mS-DS-ConsistencyGuid' = [byte[]] (1, 2, 3); employeeID = 'E1' }),
                    (New-Account 2 @{ 'mS-DS-ConsistencyGuid' = $guid.ToByteArray() }) }
                Deleted = @{}
                Changed = @{}
            }
            """,
            parameters);

        var accounts = await ReadAsync();
        Assert.Equal((null, "AQID", customAnchor), (accounts[0].ConsistencyGuid, accounts[0].OddConsistencyGuid, accounts[0].CustomAnchor));
        Assert.Equal((Guid.Parse("e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b"), null), (accounts[1].ConsistencyGuid, accounts[1].OddConsistencyGuid));
    }

    [Theory]
    [InlineData("Read", true)]
    [InlineData("Seen", false)]
    [InlineData("Hidden", false)]
    public async Task Run_NoDeletedAccount_SaysWhetherOneWouldHaveBeenSeen(string recycleBin, bool deletedRead)
    {
        var output = Run(
            $$"""
            $global:Fake = @{
                Synchronized = 'TRUE'
                Domains = @('corp.example')
                Live = @{ 'corp.example' = (New-Account 1) }
                Deleted = @{}
                Changed = @{}
                RecycleBin = '{{recycleBin}}'
            }
            """);

        Assert.Equal(deletedRead, (await IntakeAsync(Stream.Null)).DeletedRead);
        Assert.Equal(!deletedRead, output.Contains("Deleted accounts could not be read in corp.example", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("; userAccountControl = $null", false)]
    [InlineData("; whenCreated = $null", false)]
    public async Task Run_DeletedAccount_CountsAsReadWhenItIsReadWhole(string hidden, bool deletedRead)
    {
        RunWithDeleted($"(New-Account 2 @{{ isDeleted = $true }}), (New-Account 3 @{{ isDeleted = $true{hidden} }})");

        Assert.Equal(["u1", "u2", "u3"], (await ReadAsync()).Select(a => a.SamAccountName));
        Assert.Equal(deletedRead, (await IntakeAsync(Stream.Null)).DeletedRead);
    }

    [Fact]
    public async Task Run_DeletedAccountThatHidesThatItIsDeleted_SaysThatNotAllWereRead()
    {
        RunWithDeleted("(New-Account 2 @{ isDeleted = $true }), (New-Account 3)");

        Assert.Equal(["u1", "u2"], (await ReadAsync()).Select(a => a.SamAccountName));
        Assert.False((await IntakeAsync(Stream.Null)).DeletedRead);
    }

    [Theory]
    [InlineData("otherMailbox", "otherMailbox can hold several values, so it cannot be an anchor.")]
    [InlineData("unknown", "The schema of this forest has no attribute unknown.")]
    [InlineData("a)(b=c", "'a)(b=c' is not the name of an attribute.")]
    [InlineData("employeeID", "employeeID is neither text nor a number nor bytes, so it cannot be an anchor.")]
    public void Run_AttributeThatCannotBeAnAnchor_WritesNothing(string attribute, string words)
    {
        var failure = Assert.ThrowsAny<RuntimeException>(() => RunWithDeleted("", $"-AnchorAttribute '{attribute}'"));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Theory]
    [InlineData("objectSid")]
    [InlineData("sAMAccountName")]
    [InlineData("userAccountControl")]
    [InlineData("whenCreated")]
    [InlineData("uSNChanged")]
    public void Run_LiveAccountThatMayNotBeReadWhole_WritesNothingAndNamesIt(string attribute)
    {
        var failure = Assert.ThrowsAny<RuntimeException>(() => Run(
            $$"""
            $global:Fake = @{
                Synchronized = 'TRUE'
                Domains = @('corp.example')
                Live = @{ 'corp.example' = (New-Account 1), (New-Account 2 @{ {{attribute}} = $null }) }
                Deleted = @{}
                Changed = @{}
            }
            """));

        Assert.Contains($"00000000-0000-0000-0000-000000000002 came without {attribute}, which", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Theory]
    [InlineData("'FALSE'")]
    [InlineData("$null")]
    public void Run_DomainControllerNotSynchronised_WritesNothing(string synchronized)
    {
        var failure = Assert.ThrowsAny<RuntimeException>(
            () => Run($"$global:Fake = @{{ Synchronized = {synchronized}; Domains = @('corp.example') }}"));

        Assert.Contains("dc1.corp.example does not say that it is synchronised", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A domain whose recycle bin shows itself, and one live account, whose employeeID is of an odd kind.</summary>
    private void RunWithDeleted(string deleted, string parameters = "") => Run(
        $$"""
        $global:Fake = @{
            Synchronized = 'TRUE'
            Domains = @('corp.example')
            Live = @{ 'corp.example' = (New-Account 1 @{ employeeID = [DateTime]::UtcNow }) }
            Deleted = @{ 'corp.example' = @({{deleted}}) }
            Changed = @{}
            RecycleBin = 'Read'
        }
        """,
        parameters);

    private string Run(string directory, string parameters = "")
    {
        var session = InitialSessionState.CreateDefault();
        session.ImportPSModule([Module]);
        using var runspace = RunspaceFactory.CreateRunspace(session);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript($"$ErrorActionPreference = 'Stop'\n{directory}\n& '{Script}' -OutFile '{Out}' {parameters}");
        return string.Join('\n', shell.Invoke());
    }

    /// <summary>As the server reads an upload.</summary>
    private async Task<InventoryIntakeResult> IntakeAsync(Stream stored)
    {
        await using var file = File.OpenRead(Out);
        var intake = await new InventoryIntake(InventoryLimits.Default, TimeProvider.System)
            .ReadNdjsonAsync(file, gzip: true, stored, TestContext.Current.CancellationToken);
        Assert.True(intake.IsAccepted, string.Join('\n', intake.Problems));
        return intake;
    }

    private async Task<List<DirectoryAccount>> ReadAsync()
    {
        var stored = new MemoryStream();
        await IntakeAsync(stored);
        stored.Position = 0;
        var accounts = new List<DirectoryAccount>();

        await foreach (var account in InventoryReader.ReadAsync(stored, TestContext.Current.CancellationToken))
        {
            accounts.Add(account);
        }

        return accounts;
    }
}
