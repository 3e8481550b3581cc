// The storage account that holds Reanchor's data. The names are the code's own; a test compares them.
targetScope = 'resourceGroup'

@description('Globally unique, 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param accountName string

param location string = resourceGroup().location

@description('How long a seal of the audit trail can be neither changed nor removed. As long as the trail must be believed.')
@minValue(1)
param sealDays int = 2555

var tables = [
  'ReanchorTenants'
  'ReanchorScans'
  'ReanchorFindings'
  'ReanchorProposals'
  'ReanchorInventories'
  'ReanchorPoison'
  'ReanchorExceptions'
  'ReanchorAudit'
  'ReanchorSeals'
]

var queues = [
  'reanchor-scans'
  'reanchor-candidates'
  'reanchor-clears'
  'reanchor-verifications'
  'reanchor-restores'
]

var containers = [
  'inventories'
  'audit-seals'
]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: accountName
  location: location
  sku: { name: 'Standard_ZRS' }
  kind: 'StorageV2'
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource tableService 'tableServices' = {
    name: 'default'
    resource table 'tables' = [for name in tables: { name: name }]
  }

  resource queueService 'queueServices' = {
    name: 'default'
    resource queue 'queues' = [for name in queues: { name: name }]
    resource poison 'queues' = [for name in queues: { name: '${name}-poison' }]
  }

  resource blobService 'blobServices' = {
    name: 'default'
    resource container 'containers' = [for name in containers: { name: name }]
  }
}

// Write once, by whomever. Unlocked, as a template should leave it; docs/audit.md says how to lock it, which cannot be undone.
resource writeOnce 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = {
  name: '${account.name}/default/audit-seals/default'
  properties: {
    immutabilityPeriodSinceCreationInDays: sealDays
    allowProtectedAppendWrites: false
  }
  dependsOn: [account::blobService::container]
}

@description('For the app setting DataStorage__accountName.')
output accountName string = account.name
