#Requires -Version 7.4
<#
.SYNOPSIS
    Sets Reanchor up in Azure, or brings it up to date. Safe to run again. docs/deploy.md says what each step does and how to check it.
.DESCRIPTION
    Needs the Azure CLI, signed in (az login) as an Owner of the resource group's subscription who may register applications in Entra.
.PARAMETER Environment
    Which parameter file: infra/main.dev.bicepparam or infra/main.prod.bicepparam.
.PARAMETER Package
    The folder that "dotnet publish src/Functions" has written. Without it nothing is published.
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
    [switch] $RotateAuditKey
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What each is for is in docs/permissions.md.
$readerPermissions = @(
    'User.Read.All', 'Organization.Read.All', 'Domain.Read.All', 'RoleManagement.Read.Directory', 'GroupMember.Read.All',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup', 'OnPremDirectorySynchronization.Read.All', 'User-OnPremisesSyncBehavior.ReadWrite.All',
    'MailboxSettings.Read', 'AuditLog.Read.All', 'OrgContact.Read.All', 'Application.Read.All', 'User.ReadWrite.All')
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
if (-not @(Invoke-Az ad sp list --filter "appId eq '$($api.appId)'")) { Invoke-Az ad sp create --id $api.appId | Out-Null }

# 2. The application that customers consent to.
$roles = (Invoke-Az ad sp show --id $graph).appRoles
$reader = Get-App "Reanchor ($Environment)" 'AzureADMultipleOrgs'
$access = foreach ($permission in $readerPermissions) {
    $role = @($roles | Where-Object value -EQ $permission)
    if ($role.Count -ne 1) { throw "Microsoft Graph offers no permission '$permission'." }
    @{ id = $role[0].id; type = 'Role' }
}
Invoke-Az ad app update --id $reader.appId --required-resource-accesses (ConvertTo-JsonFile @(@{ resourceAppId = $graph; resourceAccess = @($access) })) | Out-Null

# 3. Azure. The first time, a key for the audit trail and a budget; later both stay as they are.
Invoke-Az group create --name $ResourceGroup --location $Location | Out-Null
$key = foreach ($vault in @(Invoke-Az keyvault list --resource-group $ResourceGroup)) {
    (Invoke-Az rest --method get --url "$($vault.id)/secrets?api-version=2025-05-01").value | Where-Object name -EQ 'audit-key'
}
$env:REANCHOR_API_CLIENT_ID = $api.appId
$env:REANCHOR_GRAPH_CLIENT_ID = $reader.appId
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

# 4. The application trusts the identity: no secret anywhere.
Set-Trust $reader $outputs.readerPrincipalId.value

# 5. The program.
if ($Package) {
    if (-not (Test-Path (Join-Path $Package 'host.json'))) { throw "$Package holds no host.json. Name the folder that dotnet publish has written." }
    $zip = Join-Path ([IO.Path]::GetTempPath()) "reanchor-$([Guid]::NewGuid()).zip"
    # Compress-Archive leaves out .azurefunctions on Linux.
    [IO.Compression.ZipFile]::CreateFromDirectory((Resolve-Path $Package), $zip)
    Invoke-Az functionapp deployment source config-zip --resource-group $ResourceGroup --name $outputs.functionAppName.value --src $zip | Out-Null
    Remove-Item $zip
}

Write-Host @"
Done.
  Function App   $($outputs.functionAppName.value)
  API            $($outputs.apiBaseUrl.value)
  Sign in with   az account get-access-token --scope api://$($api.appId)/.default --query accessToken -o tsv
  Consent        https://login.microsoftonline.com/CUSTOMER-TENANT-ID/v2.0/adminconsent?client_id=$($reader.appId)&scope=https://graph.microsoft.com/.default&redirect_uri=https://portal.azure.com
"@
