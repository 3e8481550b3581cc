#Requires -Version 7.4
<#
.SYNOPSIS
    Sets Reanchor up in Azure, or brings it up to date. Safe to run again. docs/deploy.md says what each step does and how to check it.
    What you leave out of a second run is taken away: run it with the same parameters.
.DESCRIPTION
    Needs the Azure CLI, signed in (az login) as an Owner of the resource group's subscription who may register applications in Entra.
.PARAMETER Environment
    Which parameter file: infra/main.dev.bicepparam or infra/main.prod.bicepparam.
.PARAMETER ResourceGroup
    One for each environment. It is made if it is not there.
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

# The resource group's tags say which registrations are this installation's: anybody in the directory may make one of the same name,
# and whoever owns it could sign in as Reanchor.
function Get-App([string] $Role, [string] $Audience) {
    $name = "Reanchor $Role ($Environment)"
    $recorded = $tags | Where-Object Name -EQ "reanchor-$Role" | ForEach-Object Value
    $found = @(Invoke-Az ad app list --filter ($recorded ? "appId eq '$recorded'" : "displayName eq '$name'"))
    if ($recorded -and $found) { return $found[0] }
    if ($found) {
        throw "There is an app registration '$name' (client id $($found[0].appId)) that this script has not made for $ResourceGroup. Delete or rename it, and run this again. " +
            "You know that it is this installation's own? Then say so, and run this again: az tag update --resource-id $($group.id) --operation Merge --tags reanchor-$Role=$($found[0].appId)"
    }
    Write-Host "Registering '$name'."
    $app = Invoke-Az ad app create --display-name $name --sign-in-audience $Audience
    Invoke-Az tag update --resource-id $group.id --operation Merge --tags "reanchor-$Role=$($app.appId)" | Out-Null
    $app
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
    $trust = @{ issuer = "https://login.microsoftonline.com/$tenant/v2.0"; subject = $PrincipalId; audiences = @('api://AzureADTokenExchange') }
    $before = @(Invoke-Az ad app federated-credential list --id $App.appId | Where-Object name -EQ $name)
    if (-not $before) {
        Invoke-Az ad app federated-credential create --id $App.appId --parameters (ConvertTo-JsonFile ($trust + @{ name = $name })) | Out-Null
    }
    # An identity that was made anew has another principal.
    elseif ($before[0].subject -ne $PrincipalId -or $before[0].issuer -ne $trust.issuer) {
        Invoke-Az ad app federated-credential update --id $App.appId --federated-credential-id $name --parameters (ConvertTo-JsonFile $trust) | Out-Null
    }
}

$tenant = (Invoke-Az account show).tenantId

# Made only if it is not there: made again, it would lose its tags. A second environment in it would find the vault, the budget and the seals of the first.
$group = @(Invoke-Az group list) | Where-Object name -EQ $ResourceGroup
if (-not $group) { $group = Invoke-Az group create --name $ResourceGroup --location $Location }
$tags = $group.tags ? $group.tags.PSObject.Properties : @()
$others = @(Invoke-Az resource list --resource-group $ResourceGroup --query '[].name') -match '-reanchor-' -notmatch "-reanchor-$Environment-"
if ($others) {
    throw "$ResourceGroup holds another environment's installation ($($others[0])). Name another resource group; it is made if it is not there."
}

# 1. The API: whose tokens callers carry.
$api = Get-App 'API' 'AzureADMyOrg'
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
$reader = Get-App 'reader' 'AzureADMultipleOrgs'
$writer = Get-App 'writer' 'AzureADMultipleOrgs'
Set-Permissions $reader $readerPermissions
Set-Permissions $writer $writerPermissions

# 3. What the Function App asks a token for when it starts the approval workflow; a registration of its own, so that no other token opens it.
$env:REANCHOR_APPROVERS = $Approvers
$env:REANCHOR_APPROVALS_AUDIENCE = ''
if ($Approvers) {
    $trigger = Get-App 'approvals' 'AzureADMyOrg'
    $env:REANCHOR_APPROVALS_AUDIENCE = "api://$($trigger.appId)"
    Invoke-Az ad app update --id $trigger.appId --identifier-uris $env:REANCHOR_APPROVALS_AUDIENCE | Out-Null
    Get-Principal $trigger | Out-Null
}

# 4. Azure. The first time, a key for the audit trail and a budget; later both stay as they are. So does what people have done meanwhile:
# a locked rule about seals cannot be deployed again, and whoever has stopped all writes meant it.
$key = foreach ($vault in @(Invoke-Az keyvault list --resource-group $ResourceGroup) | Where-Object name -Like 'kvreanchor*') {
    (Invoke-Az rest --method get --url "$($vault.id)/secrets?api-version=2025-05-01").value | Where-Object name -EQ 'audit-key'
}
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
$env:REANCHOR_BUDGET_START = @(Invoke-Az consumption budget list --resource-group $ResourceGroup | Where-Object name -Like 'budget-reanchor-*') ? '' : (Get-Date -Format 'yyyy-MM-01')
$env:REANCHOR_AUDIT_KEY = $key -and -not $RotateAuditKey ? '' : [Convert]::ToBase64String([Security.Cryptography.RandomNumberGenerator]::GetBytes(32))
$env:REANCHOR_PREVIOUS_AUDIT_KEY_VERSION = $key -and $RotateAuditKey ? $key.properties.secretUriWithVersion.Split('/')[-1] : ''

# Read last of all: what is set after this is overwritten.
$before = foreach ($app in @(Invoke-Az functionapp list --resource-group $ResourceGroup) | Where-Object name -Like "func-reanchor-$Environment-*") {
    Invoke-Az functionapp config appsettings list --resource-group $ResourceGroup --name $app.name
}
$env:REANCHOR_PAUSED = @($before | Where-Object { $_.name -eq 'Reanchor__Paused' -and $_.value -eq 'true' }) ? 'true' : 'false'

Write-Host "Deploying infra/main.bicep to $ResourceGroup. This takes some minutes."
Write-Host 'To stop all writes meanwhile, use the console or POST /api/stop: the setting Reanchor__Paused would be lost.'
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
if ($workflow) {
    $decide = (Get-Content -Raw "$PSScriptRoot/app-roles.json" | ConvertFrom-Json | Where-Object value -EQ 'Decide').id
    $assignments = "https://graph.microsoft.com/v1.0/servicePrincipals/$workflow/appRoleAssignments"
    $held = (Invoke-Az rest --method get --url $assignments).value | Where-Object { $_.resourceId -eq $apiPrincipal.id -and $_.appRoleId -eq $decide }
    if (-not $held) {
        Invoke-Az rest --method post --url $assignments --body (ConvertTo-JsonFile @{
                principalId = $workflow; resourceId = $apiPrincipal.id; appRoleId = $decide
            }) | Out-Null
    }
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
