using Reanchor.Anchors;
using Reanchor.Inventories;

namespace Reanchor.Diagnosis;

/// <summary>
/// The commands that write a cloud user's anchor into its on-premises account, so that the next sync hard matches the two (Microsoft
/// Learn, "When you already have Microsoft Entra ID"). The account is addressed by its objectGUID, which nobody chose.
/// </summary>
internal sealed class HardMatchCommands(SourceAnchor anchor, DirectoryAccount account)
{
    private const string AnchorAttribute = "'mS-DS-ConsistencyGuid'";
    private const string OnDomainController =
        "A machine with the AD module, as someone who may write this account. In a forest of several domains, first run: "
        + "$PSDefaultParameterValues['*-AD*:Server'] = 'DOMAIN' with the DNS name of the account's domain.";
    private const string InTheTenant =
        "PowerShell with Microsoft.Graph.Identity.DirectoryManagement, as Global Administrator of the tenant.";

    private readonly string _identity = PowerShellText.Quote(account.ObjectGuid.ToString("D"));
    private readonly string _anchor = PowerShellText.Quote(anchor.Value);
    private readonly string _saved = account.ConsistencyGuid is { } value ? SourceAnchor.FromGuid(value).Value : "";

    /// <param name="liftTakeoverBlock">The tenant blocks hard match, or it is not known whether it does.</param>
    public IEnumerable<HardMatchStep> InOrder(bool liftTakeoverBlock)
    {
        yield return Save();
        yield return Write();
        yield return Check();

        if (liftTakeoverBlock)
        {
            yield return LiftTakeoverBlock();
        }

        yield return Sync();

        if (liftTakeoverBlock)
        {
            yield return SetTakeoverBlock();
        }
    }

    /// <summary>Puts back what the inventory says was there, and only while what is there is what these commands wrote.</summary>
    public HardMatchStep Undo() => new(
        "Undo, if the sync has not matched the user yet",
        OnDomainController,
        AsOne(
            $$"""
            {{Read("$now")}}
            if ($now -cne {{_anchor}}) { throw 'The attribute does not hold the anchor that was written. Leave it alone.' }
            Set-ADUser -Identity {{_identity}} {{(_saved.Length == 0
                ? $"-Clear {AnchorAttribute}"
                : $"-Replace @{{ {AnchorAttribute} = [Convert]::FromBase64String({PowerShellText.Quote(_saved)}) }}")}}
            """),
        "No output. If the tenant's block of hard match was lifted, set it again. After a match the anchor may not change any more: then ask for a diagnosis of the user before anything else.");

    private HardMatchStep Save() => new(
        "Look at the account, and save its present value",
        OnDomainController,
        AsOne(
            $$"""
            $account = Get-ADUser -Identity {{_identity}}
            $account | Format-List SamAccountName, UserPrincipalName, Enabled, DistinguishedName
            {{NameCheck()}}
            {{Read("$before")}}
            [pscustomobject]@{ ObjectGuid = {{_identity}}; ConsistencyGuidBefore = $before; SavedAt = (Get-Date).ToString('o') } |
                Export-Csv -Path .\reanchor-hard-match.csv -Append -NoTypeInformation -Encoding UTF8
            "ConsistencyGuid now: '$before'"
            """),
        _saved.Length == 0
            ? "ConsistencyGuid now: ''. Any other value was set after the inventory was taken: stop, and find out by whom."
            : $"ConsistencyGuid now: '{_saved}'. It will be overwritten, so keep reanchor-hard-match.csv. Any other value: stop.");

    private HardMatchStep Write() => new(
        "Write the anchor of the cloud user",
        OnDomainController,
        AsOne(
            $$"""
            {{Read("$before")}}
            if ($before -cne {{PowerShellText.Quote(_saved)}}) { throw 'The attribute changed since the inventory was taken. Nothing was written.' }
            [byte[]]$bytes = [Convert]::FromBase64String({{_anchor}})
            if ($bytes.Length -ne 16) { throw 'An anchor has 16 bytes. Nothing was written.' }
            Set-ADUser -Identity {{_identity}} -Replace @{ {{AnchorAttribute}} = $bytes }
            """),
        "No output. The attribute gets the bytes of the Base64 text, in their order. Do not type the digits of the GUID into an editor: its "
            + "first three groups are printed with their bytes reversed, and the anchor would be a wrong one.");

    private HardMatchStep Check() => new(
        "Check what is stored",
        OnDomainController,
        AsOne(
            $$"""
            {{Read("$now")}}
            $now
            $now -ceq {{_anchor}}
            """),
        $"{anchor.Value} and then True. Anything else: undo.");

    private static HardMatchStep LiftTakeoverBlock() => new(
        "Lift the tenant's block of hard match, for as long as this takes",
        InTheTenant,
        Feature("$false"),
        "No output. Until the last step anyone who can write to AD can take over cloud users in this way, so do not wait with the rest.");

    private static HardMatchStep Sync() => new(
        "Run a sync",
        "Connect Sync: the server that it runs on. Cloud Sync: nothing to type; it comes by itself within minutes, or use Provision on demand in the Entra admin center.",
        "Start-ADSyncSyncCycle -PolicyType Delta",
        "Ask for the diagnosis of the user: it is synced, and its anchor has not changed. If sync reports InvalidHardMatch, the tenant blocks hard match still.");

    private static HardMatchStep SetTakeoverBlock() => new(
        "Block hard match again",
        InTheTenant,
        Feature("$true"),
        "No output. Do this even when the match did not come.");

    private static string Feature(string value) =>
        $"""
        Connect-MgGraph -Scopes 'OnPremDirectorySynchronization.ReadWrite.All'
        $sync = Get-MgDirectoryOnPremiseSynchronization
        $sync.Features.BlockCloudObjectTakeoverThroughHardMatchEnabled = {value}
        Update-MgDirectoryOnPremiseSynchronization -OnPremisesDirectorySynchronizationId $sync.Id -Features $sync.Features
        """;

    /// <summary>Pasted line by line, a line that throws would not keep the next one from running; one block is run whole.</summary>
    private static string AsOne(string lines) => $"& {{\n{lines}\n}}";

    private string NameCheck() => account.SamAccountName is { } name
        ? $"if ($account.SamAccountName -ne {PowerShellText.Quote(name)}) {{ throw 'This is not the account of the inventory. Stop.' }}"
        : "";

    /// <summary>Reads the attribute as the Base64 text that sync makes of it; empty when it is not set.</summary>
    private string Read(string variable) =>
        $$"""
        $value = (Get-ADUser -Identity {{_identity}} -Properties {{AnchorAttribute}}).{{AnchorAttribute}}
        {{variable}} = if ($value) { [Convert]::ToBase64String([byte[]]$value) } else { '' }
        """;
}
