#Requires -Version 7.4
<#
.SYNOPSIS
    Sets Reanchor up in Azure, or brings it up to date. Safe to run again. docs/deploy.md says what each step does and how to check it.
    What you leave out of a second run is taken away: run it with the same parameters.
.DESCRIPTION
    Needs the Azure CLI, signed in (az login) as an Owner of the resource group's subscription who may register applications in Entra.
.PARAMETER Environment
    Which parameter file: infra/main.dev.bicepparam or infra/main.prod.bicepparam.
.PARAMETER Package
    The folder that "dotnet publish src/Functions" has written. Without it nothing is published.
.PARAMETER Approvers
    Mail addresses, separated by semicolons, of those whom the approval workflow asks. Without it there is no workflow.
.PARAMETER FirstAdministrators
    Object ids, separated by commas, of people who may touch every tenant before anybody has given anybody access. At first there is nobody else.
.PARAMETER RotateAuditKey
    Replaces the key that marks audit events. The one before stays good until the next run of this script.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet('dev', 'prod')] [string] $Environment,
    [Parameter(Mandatory)] [string] $ResourceGroup,
    [Parameter(Mandatory)] [string] $Location,
    [Parameter(Mandatory)] [string] $OpsEmail,
    [string] $Package,
    [string] $Approvers = '',
    [string] $FirstAdministrators = '',
    [switch] $RotateAuditKey
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What each is for is in docs/permissions.md.
$readerPermissions = @(
    'User.Read.All', 'Organization.Read.All', 'Domain.Read.All', 'RoleManagement.Read.Directory', 'GroupMember.Read.All',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup', 'OnPremDirectorySynchronization.Read.All', 'User-OnPremisesSyncBehavior.ReadWrite.All',
    'MailboxSettings.Read', 'AuditLog.Read.All', 'OrgContact.Read.All', 'Application.Read.All')
$writerPermissions = @('User.ReadWrite.All', 'User-OnPremisesSyncBehavior.ReadWrite.All')
$graph = '00000003-0000-0000-c000-000000000000'
$azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'

function Invoke-Az {
    $answer = az @args --output json --only-show-errors
    if ($LASTEXITCODE -ne 0) { throw "az $($args[0..2] -join ' ') failed; its words are above." }
    if ($answer) { $answer | ConvertFrom-Json }
}

# The CLI takes JSON from a file: quotes do not survive every shell.
function ConvertTo-JsonFile($Value) {
    $file = Join-Path ([IO.Path]::GetTempPath()) "reanchor-$([Guid]::NewGuid()).json"
    ConvertTo-Json $Value -Depth 10 | Set-Content $file
    "@$file"
}

function Get-App([string] $Name, [string] $Audience) {
    $found = @(Invoke-Az ad app list --filter "displayName eq '$Name'")
    if ($found.Count -gt 1) { throw "There are $($found.Count) app registrations named '$Name'. Delete or rename all but the right one." }
    if ($found.Count -eq 1) { return $found[0] }
    Write-Host "Registering '$Name'."
    Invoke-Az ad app create --display-name $Name --sign-in-audience $Audience
}

function Get-Principal($App) {
    $found = @(Invoke-Az ad sp list --filter "appId eq '$($App.appId)'")
    if ($found) { $found[0] } else { Invoke-Az ad sp create --id $App.appId }
}

function Set-Permissions($App, [string[]] $Permissions) {
    $access = foreach ($permission in $Permissions) {
        $role = @($roles | Where-Object value -EQ $permission)
        if ($role.Count -ne 1) { throw "Microsoft Graph offers no permission '$permission'." }
        @{ id = $role[0].id; type = 'Role' }
    }
    Invoke-Az ad app update --id $App.appId --required-resource-accesses (ConvertTo-JsonFile @(@{ resourceAppId = $graph; resourceAccess = @($access) })) | Out-Null
}

function Set-Trust($App, [string] $PrincipalId) {
    $name = "reanchor-$Environment"
    if (@(Invoke-Az ad app federated-credential list --id $App.appId | Where-Object name -EQ $name)) { return }
    Invoke-Az ad app federated-credential create --id $App.appId --parameters (ConvertTo-JsonFile @{
            name = $name; issuer = "https://login.microsoftonline.com/$tenant/v2.0"; subject = $PrincipalId; audiences = @('api://AzureADTokenExchange')
        }) | Out-Null
}

$tenant = (Invoke-Az account show).tenantId

# 1. The API: whose tokens callers carry.
$api = Get-App "Reanchor API ($Environment)" 'AzureADMyOrg'
$scope = @{
    id = '5d0a6a3e-6c0f-5a51-9f0e-3c1d8f0b7a11'; value = 'access_as_user'; type = 'User'; isEnabled = $true
    adminConsentDisplayName = 'Use Reanchor'; adminConsentDescription = 'Use Reanchor as the signed-in person.'
}
Invoke-Az ad app update --id $api.appId --identifier-uris "api://$($api.appId)" --app-roles "@$PSScriptRoot/app-roles.json" | Out-Null
Invoke-Az rest --method patch --url "https://graph.microsoft.com/v1.0/applications/$($api.id)" --body (ConvertTo-JsonFile @{
        api = @{ requestedAccessTokenVersion = 2; oauth2PermissionScopes = @($scope) }
    }) | Out-Null
# In a second step: a scope must exist before a program can be allowed to use it.
Invoke-Az rest --method patch --url "https://graph.microsoft.com/v1.0/applications/$($api.id)" --body (ConvertTo-JsonFile @{
        api = @{ preAuthorizedApplications = @(@{ appId = $azureCli; delegatedPermissionIds = @($scope.id) }) }
    }) | Out-Null
$apiPrincipal = Get-Principal $api

# 2. The two applications that customers consent to: one reads, one writes.
$roles = (Invoke-Az ad sp show --id $graph).appRoles
$reader = Get-App "Reanchor reader ($Environment)" 'AzureADMultipleOrgs'
$writer = Get-App "Reanchor writer ($Environment)" 'AzureADMultipleOrgs'
Set-Permissions $reader $readerPermissions
Set-Permissions $writer $writerPermissions

# 3. What the Function App asks a token for when it starts the approval workflow; a registration of its own, so that no other token opens it.
$env:REANCHOR_APPROVERS = $Approvers
$env:REANCHOR_APPROVALS_AUDIENCE = ''
if ($Approvers) {
    $trigger = Get-App "Reanchor approvals ($Environment)" 'AzureADMyOrg'
    $env:REANCHOR_APPROVALS_AUDIENCE = "api://$($trigger.appId)"
    Invoke-Az ad app update --id $trigger.appId --identifier-uris $env:REANCHOR_APPROVALS_AUDIENCE | Out-Null
    Get-Principal $trigger | Out-Null
}

# 4. Azure. The first time, a key for the audit trail and a budget; later both stay as they are. So does what people have done meanwhile:
# whoever has stopped all writes meant it, and a locked rule about seals cannot be deployed again.
Invoke-Az group create --name $ResourceGroup --location $Location | Out-Null
$key = foreach ($vault in @(Invoke-Az keyvault list --resource-group $ResourceGroup)) {
    (Invoke-Az rest --method get --url "$($vault.id)/secrets?api-version=2025-05-01").value | Where-Object name -EQ 'audit-key'
}
$before = foreach ($app in @(Invoke-Az functionapp list --resource-group $ResourceGroup) | Where-Object name -Like "func-reanchor-$Environment-*") {
    Invoke-Az functionapp config appsettings list --resource-group $ResourceGroup --name $app.name
}
$env:REANCHOR_PAUSED = @($before | Where-Object { $_.name -eq 'Reanchor__Paused' -and $_.value -eq 'true' }) ? 'true' : 'false'
$seals = foreach ($account in @(Invoke-Az storage account list --resource-group $ResourceGroup --query "[?starts_with(name, 'streanchor')].id")) {
    Invoke-Az rest --method get --url "$account/blobServices/default/containers?api-version=2025-06-01" `
        --query "value[?name=='audit-seals'].properties.immutabilityPolicy.properties.state"
}
$env:REANCHOR_SEALS_LOCKED = @($seals) -contains 'Locked' ? 'true' : 'false'
$env:REANCHOR_FIRST_ADMINISTRATORS = $FirstAdministrators
$env:REANCHOR_API_CLIENT_ID = $api.appId
$env:REANCHOR_GRAPH_CLIENT_ID = $reader.appId
$env:REANCHOR_GRAPH_WRITER_CLIENT_ID = $writer.appId
$env:REANCHOR_OPS_EMAIL = $OpsEmail
$env:REANCHOR_BUDGET_START = @(Invoke-Az consumption budget list --resource-group $ResourceGroup) ? '' : (Get-Date -Format 'yyyy-MM-01')
$env:REANCHOR_AUDIT_KEY = $key -and -not $RotateAuditKey ? '' : [Convert]::ToBase64String([Security.Cryptography.RandomNumberGenerator]::GetBytes(32))
$env:REANCHOR_PREVIOUS_AUDIT_KEY_VERSION = $key -and $RotateAuditKey ? $key.properties.secretUriWithVersion.Split('/')[-1] : ''

Write-Host "Deploying infra/main.bicep to $ResourceGroup. This takes some minutes."
try {
    $outputs = (Invoke-Az deployment group create --resource-group $ResourceGroup --name reanchor `
            --parameters "$PSScriptRoot/main.$Environment.bicepparam").properties.outputs
}
finally { $env:REANCHOR_AUDIT_KEY = '' }

# 5. Each application trusts an identity of its own: no secret anywhere. After consent the administrator's browser needs a page to end at.
Set-Trust $reader $outputs.readerPrincipalId.value
Set-Trust $writer $outputs.writerPrincipalId.value
foreach ($app in $reader, $writer) {
    Invoke-Az ad app update --id $app.appId --web-redirect-uris "$($outputs.address.value)/api/health" | Out-Null
}

# The console signs people in and comes back to itself.
Invoke-Az rest --method patch --url "https://graph.microsoft.com/v1.0/applications/$($api.id)" --body (ConvertTo-JsonFile @{
        spa = @{ redirectUris = @("$($outputs.address.value)/api/console/") }
    }) | Out-Null

# The workflow may hand in answers.
$workflow = $outputs.workflowPrincipalId.value
$assignments = "https://graph.microsoft.com/v1.0/servicePrincipals/$($apiPrincipal.id)/appRoleAssignedTo"
if ($workflow -and -not ((Invoke-Az rest --method get --url $assignments).value | Where-Object principalId -EQ $workflow)) {
    $decide = Get-Content -Raw "$PSScriptRoot/app-roles.json" | ConvertFrom-Json | Where-Object value -EQ 'Decide'
    Invoke-Az rest --method post --url $assignments --body (ConvertTo-JsonFile @{
            principalId = $workflow; resourceId = $apiPrincipal.id; appRoleId = $decide.id
        }) | Out-Null
}

# 6. The program.
if ($Package) {
    if (-not (Test-Path (Join-Path $Package 'host.json'))) { throw "$Package holds no host.json. Name the folder that dotnet publish has written." }
    $zip = Join-Path ([IO.Path]::GetTempPath()) "reanchor-$([Guid]::NewGuid()).zip"
    # Compress-Archive leaves out .azurefunctions on Linux.
    [IO.Compression.ZipFile]::CreateFromDirectory((Resolve-Path $Package), $zip)
    Invoke-Az functionapp deployment source config-zip --resource-group $ResourceGroup --name $outputs.functionAppName.value --src $zip | Out-Null
    Remove-Item $zip
}

# The platform looks into the vault once a day. Now the app takes a new key, or one that it could not read a moment ago, at once.
Invoke-Az rest --method post --url "$($outputs.functionAppId.value)/config/configreferences/appsettings/refresh?api-version=2022-03-01" | Out-Null

Write-Host @"
Done.
  Function App   $($outputs.functionAppName.value)
  API            $($outputs.address.value)
  Sign in with   az account get-access-token --scope api://$($api.appId)/.default --query accessToken -o tsv
"@
if ($workflow) { Write-Host "  Workflow       $workflow" }
if ($env:REANCHOR_PAUSED -eq 'true') { Write-Host '  Reanchor is still stopped: Reanchor__Paused is true.' }
