<#
.SYNOPSIS
Reads every user account of the forest into an inventory for Reanchor. Sends nothing.

.DESCRIPTION
For machines where no program may be installed. Needs the ActiveDirectory module (RSAT) and nothing else, on Windows PowerShell 5.1 or
PowerShell 7. It reads all domains of the forest. If one of them cannot be read, or an account not whole, no file is written.
Accounts in the recycle bin are listed too, if you may read them.

.PARAMETER OutFile
The file to write, such as corp.ndjson.gz. It lists people: keep it where nobody else can read it.

.PARAMETER AnchorAttribute
The attribute that sync uses as source anchor, by its LDAP name. It must be one that holds a single value.

.PARAMETER Credential
Another account than the current one.

.EXAMPLE
.\Export-ReanchorInventory.ps1 -OutFile corp.ndjson.gz
#>
#Requires -Modules ActiveDirectory
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $OutFile,
    [string] $AnchorAttribute = 'ms-DS-ConsistencyGuid',
    [pscredential] $Credential
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$account = @{}
if ($Credential) { $account.Credential = $Credential }

# Before the first question: what is made while the directory is being read is younger than the inventory.
$takenAt = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [Globalization.CultureInfo]::InvariantCulture)
$forest = Get-ADForest @account
$rootServer = (Get-ADDomainController -Discover -DomainName $forest.RootDomain -ForceDiscover).HostName[0]
$schema = (Get-ADRootDSE -Server $rootServer @account).schemaNamingContext
$isCustom = $AnchorAttribute -notin 'ms-DS-ConsistencyGuid', 'objectGUID'

if ($AnchorAttribute -notmatch '\A[A-Za-z][A-Za-z0-9-]{0,254}\z') { throw "'$AnchorAttribute' is not the name of an attribute. Give its LDAP name, such as employeeID." }

# Every account has the first five, a deleted one too. Like mS-DS-ConsistencyGuid the first two are in no property set: who was given
# some sets, and not all properties, sees none of the three.
$mandatory = 'whenCreated', 'uSNChanged', 'objectSid', 'sAMAccountName', 'userAccountControl'
$properties = $mandatory + @('mS-DS-ConsistencyGuid', 'userPrincipalName', 'mail', 'proxyAddresses', 'isDeleted')
foreach ($extra in @('msExchMailboxGuid') + @($AnchorAttribute | Where-Object { $isCustom })) {
    $known = Get-ADObject -Server $rootServer @account -SearchBase $schema -LDAPFilter "(&(objectClass=attributeSchema)(lDAPDisplayName=$extra))" -Properties isSingleValued
    if (-not $known) {
        if ($extra -eq $AnchorAttribute) { throw "The schema of this forest has no attribute $extra. Give the name that Entra Connect shows as source anchor." }
        continue
    }
    if ($extra -eq $AnchorAttribute -and -not $known.isSingleValued) {
        throw "$extra can hold several values, so it cannot be an anchor. Give the name that Entra Connect shows as source anchor."
    }
    $properties += $extra
}

$domains = @(foreach ($name in $forest.Domains) {
    $server = (Get-ADDomainController -Discover -DomainName $name -ForceDiscover).HostName[0]
    $root = Get-ADRootDSE -Server $server @account
    if ("$($root.isSynchronized)" -ne 'TRUE') {
        throw "$server does not say that it is synchronised with the other domain controllers (isSynchronized), so it may lack accounts. Wait until repadmin /showrepl shows no failure there. Nothing was written."
    }
    $domain = Get-ADDomain -Identity $name -Server $server @account
    @{ Name = $name; Server = $server; Base = $domain.DistinguishedName; DeletedObjects = $domain.DeletedObjectsContainer; DeletedHalfRead = $false; Usn = [long] "$($root.highestCommittedUSN)" }
})

function Get-Guid($value) {
    if ($null -eq $value) { return $null }
    $bytes = [byte[]] @($value)
    if ($bytes.Length -eq 16) { (New-Object Guid (, $bytes)).ToString() }
}

function Get-Anchor($value) {
    if ($null -eq $value) { return $null }
    if ($value -is [string]) { return $value }
    if ($value -is [byte[]]) { return [Convert]::ToBase64String($value) }
    if ($value -is [int] -or $value -is [long]) { return $value.ToString([Globalization.CultureInfo]::InvariantCulture) }
    throw "$AnchorAttribute is neither text nor a number nor bytes, so it cannot be an anchor. Give the name that Entra Connect shows as source anchor."
}

function Get-One($object, $name) {
    $values = $object[$name]
    if ($null -eq $values -or $values.Count -eq 0) { return $null }
    # The comma keeps bytes together; PowerShell would take them apart.
    return , $values[0]
}

function Get-Text($object, $name) {
    $value = Get-One $object $name
    if ($null -ne $value -and "$value".Length -gt 0) { [string] "$value" }
}

function Get-Missing($object) {
    return , @($mandatory | Where-Object { $null -eq (Get-One $object $_) })
}

function ConvertTo-Line($object) {
    $line = [ordered] @{ objectGuid = $object.ObjectGUID.ToString() }
    $consistency = Get-One $object 'mS-DS-ConsistencyGuid'
    $line.consistencyGuid = Get-Guid $consistency
    # Sync takes any bytes, so a value that is no GUID is an anchor in use all the same.
    if ($null -ne $consistency -and $null -eq $line.consistencyGuid) { $line.oddConsistencyGuid = Get-Anchor ([byte[]] @($consistency)) }
    if ($isCustom) { $line.customAnchor = Get-Anchor (Get-One $object $AnchorAttribute) }
    $sid = Get-One $object 'objectSid'
    if ($sid) { $line.sid = $sid.ToString() }
    $line.userPrincipalName = Get-Text $object 'userPrincipalName'
    $line.mail = Get-Text $object 'mail'
    $addresses = @($object['proxyAddresses'] | Where-Object { $_ } | ForEach-Object { [string] "$_" })
    if ($addresses.Count -gt 0) { $line.proxyAddresses = $addresses }
    $line.samAccountName = Get-Text $object 'sAMAccountName'
    $control = Get-One $object 'userAccountControl'
    if ($null -ne $control) { $line.enabled = -not ($control -band 2) }
    if ((Get-One $object 'isDeleted') -eq $true) { $line.deleted = $true }
    else {
        $missing = Get-Missing $object
        if ($missing.Count -gt 0) {
            throw "The account with the objectGUID $($object.ObjectGUID) came without $($missing -join ', '), which every account has: you may not see all of it. Get the right Read all properties on user objects (docs/collector.md, Rights). Nothing was written."
        }
        $line.distinguishedName = [string] $object.DistinguishedName
    }
    # A forest whose schema has no such attribute has no mailboxes; left out it would mean that nobody knows.
    $line.mailboxGuid = if ($properties -contains 'msExchMailboxGuid') { Get-Guid (Get-One $object 'msExchMailboxGuid') }
    ConvertTo-Json -InputObject $line -Compress
}

$target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutFile)
$draft = "$target.part"
$seen = New-Object 'System.Collections.Generic.HashSet[Guid]'
$deleted = 0
$deletedUnreadable = @()
$writer = $null

# An account that was written already is skipped: it was deleted, restored or changed while the forest was read.
function Write-Accounts($domain, $query) {
    Get-ADObject @query -Server $domain.Server @account -SearchBase $domain.Base -Properties $properties -ResultPageSize 1000 -ResultSetSize $null |
        ForEach-Object {
            if ($seen.Add($_.ObjectGUID)) {
                $writer.WriteLine((ConvertTo-Line $_))
                if ((Get-One $_ 'isDeleted') -eq $true) {
                    $script:deleted++
                    if ((Get-Missing $_).Count -gt 0) { $domain.DeletedHalfRead = $true }
                }
                if ($seen.Count % 5000 -eq 0) { Write-Progress -Activity 'Reading accounts' -Status "$($seen.Count), now in $($domain.Name)" }
            }
        }
}

# Whether the accounts read were all deleted ones, and all of each. What you may not see of them, the container tells; and a filter
# passes over an object whose isDeleted you may not read, whatever it asks of it, so the last one does not ask.
function Test-DeletedRead($domain) {
    if ($domain.DeletedHalfRead) { return $false }
    $search = @{ SearchBase = $domain.DeletedObjects; Server = $domain.Server; IncludeDeletedObjects = $true }
    try {
        $container = Get-ADObject @search @account -LDAPFilter '(objectClass=*)' -SearchScope Base -Properties whenCreated
        if ($null -eq $container -or $null -eq (Get-One $container 'whenCreated')) { return $false }
        $hidden = Get-ADObject @search @account -LDAPFilter '(&(objectClass=user)(!(objectClass=computer)))' -Properties isDeleted -ResultPageSize 1000 -ResultSetSize $null |
            Where-Object { (Get-One $_ 'isDeleted') -ne $true } | Select-Object -First 1
        $null -eq $hidden
    }
    catch {
        Write-Warning "The deleted accounts of $($domain.Name) count as not read: $_"
        $false
    }
}

try {
    $file = [IO.File]::Create($draft)
    $gzip = New-Object IO.Compression.GZipStream ($file, [IO.Compression.CompressionMode]::Compress)
    $writer = New-Object IO.StreamWriter ($gzip, (New-Object Text.UTF8Encoding $false))
    $writer.NewLine = "`n"
    $header = [ordered] @{ kind = 'inventory'; version = 1; forest = $forest.Name; takenAt = $takenAt; anchorAttribute = $AnchorAttribute }
    $writer.WriteLine((ConvertTo-Json -InputObject $header -Compress))

    foreach ($domain in $domains) {
        $before = $seen.Count
        Write-Accounts $domain @{ LDAPFilter = '(&(objectCategory=person)(objectClass=user))' }
        # Every domain has an Administrator, so this is a matter of rights.
        if ($seen.Count -eq $before) { throw "No account of $($domain.Name) could be seen. Nothing was written." }
    }

    foreach ($domain in $domains) {
        Write-Accounts $domain @{ LDAPFilter = '(&(isDeleted=TRUE)(objectClass=user)(!(objectClass=computer)))'; IncludeDeletedObjects = $true }
        if (-not (Test-DeletedRead $domain)) { $deletedUnreadable += $domain.Name }
    }

    # An account moved to a domain already read, or restored after its turn, has been seen nowhere so far.
    foreach ($domain in $domains) {
        Write-Accounts $domain @{ LDAPFilter = "(&(objectCategory=person)(objectClass=user)(uSNChanged>=$($domain.Usn + 1)))" }
    }

    $writer.WriteLine((ConvertTo-Json -InputObject ([ordered] @{ kind = 'end'; count = $seen.Count; deletedRead = $deletedUnreadable.Count -eq 0 }) -Compress))
    $writer.Dispose()
    $writer = $null
    Move-Item -LiteralPath $draft -Destination $target -Force
}
finally {
    if ($writer) { $writer.Dispose() }
    if (Test-Path -LiteralPath $draft) { Remove-Item -LiteralPath $draft -Force }
}

"Read $($seen.Count) accounts of $($domains.Count) domains of the forest $($forest.Name). $deleted of them are deleted. Written to $target."
if ($deletedUnreadable.Count -gt 0) {
    "Deleted accounts could not be read in $($deletedUnreadable -join ', '), or not all of them: you have no right to see them (docs/collector.md, Rights), so a deleted account that could be restored counts as gone."
}
