# Stands in for the ActiveDirectory module. Answers from $Fake, which a test sets; knows the parameters that the script may use, and
# refuses a filter that it does not know.

function Get-ADForest {
    [CmdletBinding()] param([pscredential] $Credential)
    [pscustomobject] @{ Name = 'corp.example'; RootDomain = 'corp.example'; Domains = $Fake.Domains }
}

function Get-ADDomainController {
    [CmdletBinding()] param([switch] $Discover, [string] $DomainName, [switch] $ForceDiscover)
    [pscustomobject] @{ HostName = @("dc1.$DomainName") }
}

function Get-ADRootDSE {
    [CmdletBinding()] param([string] $Server, [pscredential] $Credential)
    [pscustomobject] @{ schemaNamingContext = 'CN=Schema'; isSynchronized = $Fake.Synchronized; highestCommittedUSN = 41 }
}

function Get-ADDomain {
    [CmdletBinding()] param([string] $Identity, [string] $Server, [pscredential] $Credential)
    [pscustomobject] @{ DistinguishedName = "DC=$Identity"; DeletedObjectsContainer = "CN=Deleted Objects,DC=$Identity" }
}

function Get-ADObject {
    [CmdletBinding()]
    param(
        [string] $Server, [pscredential] $Credential, [string] $SearchBase, [string] $LDAPFilter, [string[]] $Properties,
        [int] $ResultPageSize, $ResultSetSize, [string] $SearchScope, [switch] $IncludeDeletedObjects)
    if ($SearchBase -eq 'CN=Schema') {
        if ($LDAPFilter -match 'lDAPDisplayName=(employeeID|otherMailbox)\)') { @{ isSingleValued = $Matches[1] -eq 'employeeID' } }
        return
    }

    if ($SearchBase -like 'CN=Deleted Objects,DC=*') {
        if ($SearchScope -ne 'Base') { $Fake.Deleted[$SearchBase.Substring('CN=Deleted Objects,DC='.Length)] | Where-Object { $_ }; return }
        switch ($Fake.RecycleBin) {
            'Read' { @{ whenCreated = @([DateTime]::UtcNow) } }
            'Seen' { @{ whenCreated = @() } }
            default { throw 'Directory object not found' }
        }
        return
    }

    $domain = $SearchBase.Substring('DC='.Length)
    $found = switch ($LDAPFilter) {
        '(&(objectCategory=person)(objectClass=user))' { $Fake.Live[$domain] }
        '(&(isDeleted=TRUE)(objectClass=user)(!(objectClass=computer)))' {
            if ($IncludeDeletedObjects) { $Fake.Deleted[$domain] | Where-Object { $_ -and $_['isDeleted'] } }
        }
        '(&(objectCategory=person)(objectClass=user)(uSNChanged>=42))' { $Fake.Changed[$domain] }
        default { throw "The filter $LDAPFilter is not known here." }
    }
    $found | Where-Object { $_ }
}

# An object as the module gives it: what was not asked for, or not set, is an empty collection.
function New-Account([int] $Number, [hashtable] $Properties = @{}) {
    $account = @{ ObjectGUID = [Guid] ('00000000-0000-0000-0000-{0:d12}' -f $Number); DistinguishedName = "CN=u$Number,OU=People,DC=corp,DC=example" }
    $always = @{ objectSid = "S-1-5-21-1-2-3-$Number"; sAMAccountName = "u$Number"; userAccountControl = 512; userPrincipalName = "u$Number@corp.example"; whenCreated = [DateTime]::UtcNow; uSNChanged = [long] 40 }
    foreach ($from in $always, $Properties) {
        foreach ($name in $from.Keys) { $account[$name] = @(if ($null -ne $from[$name]) { , $from[$name] }) }
    }
    $account
}
