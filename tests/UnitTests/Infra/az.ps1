# Stands in for the Azure CLI in the tests of infra/setup.ps1: keeps what it is asked, answers like a subscription and a directory.
$global:Calls = [Collections.Generic.List[string]]::new()
$global:Files = @{}
$global:Environment = $null
$global:Failing = ''
$global:Settings = '[]'
$global:Seals = '[]'
$global:Resources = '[]'
$global:Tags = '{"owner":"somebody","reanchor-api":"11111111-1111-1111-1111-111111111111","reanchor-reader":"11111111-1111-1111-1111-111111111111","reanchor-writer":"22222222-2222-2222-2222-222222222222"}'
$global:Subject = 'principal-reader'
$global:Assignments = '[]'

function global:az {
    $global:LASTEXITCODE = 0
    $line = $args -join ' '
    $global:Calls.Add($line)
    foreach ($file in $args | Where-Object { "$_" -like '@*.json' }) { $global:Files[($line -split ' @')[0]] += @(Get-Content -Raw $file.Substring(1)) }

    if ($global:Failing -and $line -like $global:Failing) {
        $global:LASTEXITCODE = 1
        return
    }

    switch -Wildcard ($line) {
        'account show*' { '{"tenantId":"44444444-4444-4444-4444-444444444444"}'; break }
        'ad signed-in-user show*' { '{"id":"88888888-8888-8888-8888-888888888888"}'; break }
        'group list*' { if ($global:Existing) { "[{`"id`":`"/groups/reanchor`",`"name`":`"Reanchor`",`"tags`":$global:Tags}]" } else { '[{"id":"/groups/another","name":"another","tags":null}]' }; break }
        'group create*' { '{"id":"/groups/reanchor","name":"reanchor","tags":null}'; break }
        'resource list*' { $global:Resources; break }
        "ad app list*appId eq '22222222*" { '[{"id":"object-2","appId":"22222222-2222-2222-2222-222222222222"}]'; break }
        'ad app list*' { if ($global:Existing) { '[{"id":"object-1","appId":"11111111-1111-1111-1111-111111111111"}]' } else { '[]' }; break }
        'ad app create*writer*' { '{"id":"object-2","appId":"22222222-2222-2222-2222-222222222222"}'; break }
        'ad app create*' { '{"id":"object-1","appId":"11111111-1111-1111-1111-111111111111"}'; break }
        'ad app federated-credential list*11111111*' { if ($global:Existing) { "[{`"name`":`"reanchor-prod`",`"issuer`":`"https://login.microsoftonline.com/44444444-4444-4444-4444-444444444444/v2.0`",`"subject`":`"$global:Subject`"}]" } else { '[]' }; break }
        'ad app federated-credential list*' { if ($global:Existing) { '[{"name":"reanchor-prod","issuer":"https://login.microsoftonline.com/44444444-4444-4444-4444-444444444444/v2.0","subject":"principal-writer"}]' } else { '[]' }; break }
        'ad sp list*' { if ($global:Existing) { '[{"id":"sp-1"}]' } else { '[]' }; break }
        'ad sp create*' { '{"id":"sp-1"}'; break }
        'ad sp show*' { $global:GraphRoles; break }
        'rest --method get*/servicePrincipals/principal-workflow/appRoleAssignments*' { "{`"value`":$global:Assignments}"; break }
        'storage account list*' { if ($global:Existing) { '["/subscriptions/s/accounts/a"]' } else { '[]' }; break }
        'rest --method get*/accounts/a/blobServices/default/containers*' { $global:Seals; break }
        'functionapp list*' { if ($global:Existing) { '[{"name":"func-reanchor-prod-1"},{"name":"another"}]' } else { '[]' }; break }
        'functionapp config appsettings list*--name func-reanchor-prod-1 *' { $global:Settings; break }
        'consumption budget list*' { if ($global:Existing) { '[{"name":"budget-reanchor-prod-1"}]' } else { '[{"name":"another"}]' }; break }
        'keyvault list*' { if ($global:Existing) { '[{"id":"/subscriptions/s/vaults/another","name":"another"},{"id":"/subscriptions/s/vaults/v","name":"kvreanchor1"}]' } else { '[]' }; break }
        'rest --method get*/vaults/v/secrets*' { '{"value":[{"name":"audit-key","properties":{"secretUriWithVersion":"https://v.vault.example/secrets/audit-key/version-7"}}]}'; break }
        'deployment group create*' {
            $global:Environment = Get-ChildItem env:REANCHOR_* | ForEach-Object { "$($_.Name)=$($_.Value)" }
            '{"properties":{"outputs":{"functionAppId":{"value":"/sites/func-1"},"functionAppName":{"value":"func-1"},"address":{"value":"https://func-1.example"},"readerPrincipalId":{"value":"principal-reader"},"writerPrincipalId":{"value":"principal-writer"},"workflowPrincipalId":{"value":"principal-workflow"}}}}'
            break
        }
    }
}
