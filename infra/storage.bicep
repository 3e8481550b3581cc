// The storage account that holds Reanchor's data, and who may do what in it. The names are the code's own; a test compares them.
targetScope = 'resourceGroup'

@description('Globally unique, 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param accountName string

param location string = resourceGroup().location

@description('Object id of the identity that the Function App uses for Azure resources.')
param principalId string

@description('How long a seal of the audit trail can be neither changed nor removed. As long as the trail must be believed.')
@minValue(1)
param sealDays int = 2555

@description('The rule that keeps seals has been locked. Azure takes no deployment of it any more.')
param sealsLocked bool = false

var tables = [
  'ReanchorTenants'
  'ReanchorScans'
  'ReanchorFindings'
  'ReanchorProposals'
  'ReanchorInventories'
  'ReanchorPoison'
  'ReanchorExceptions'
  'ReanchorAccess'
  'ReanchorCollectorKeys'
  'ReanchorBatches'
]

// The audit trail. The app may add rows and read them, and nothing else.
var appendOnlyTables = [
  'ReanchorAudit'
  'ReanchorSeals'
]

var queues = [
  'reanchor-scans'
  'reanchor-candidates'
  'reanchor-clears'
  'reanchor-verifications'
  'reanchor-restores'
  'reanchor-approvals'
  'reanchor-callbacks'
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
    resource appendOnly 'tables' = [for name in appendOnlyTables: { name: name }]
  }

  resource queueService 'queueServices' = {
    name: 'default'
    resource queue 'queues' = [for name in queues: { name: name }]
    resource poison 'queues' = [for name in queues: { name: '${name}-poison' }]
  }

  resource blobService 'blobServices' = {
    name: 'default'
    resource inventories 'containers' = { name: 'inventories' }
    resource seals 'containers' = {
      name: 'audit-seals'

      // Write once, by whomever. Unlocked, as a template should leave it; docs/audit.md says how to lock it, which cannot be undone.
      resource writeOnce 'immutabilityPolicies' = if (!sealsLocked) {
        name: 'default'
        properties: {
          immutabilityPeriodSinceCreationInDays: sealDays
          allowProtectedAppendWrites: false
        }
      }
    }
  }
}

resource rowAppender 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'reanchor-row-appender')
  properties: {
    roleName: 'Reanchor audit row appender (${resourceGroup().name})'
    description: 'Add rows to a table and read them. No change, no removal.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        dataActions: [
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/read'
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/add/action'
        ]
      }
    ]
  }
}

resource blobAdder 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'reanchor-blob-adder')
  properties: {
    roleName: 'Reanchor audit seal writer (${resourceGroup().name})'
    description: 'Create new blobs and read blobs. No overwriting, no removal.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        dataActions: [
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'
        ]
      }
    ]
  }
}

var tableContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
var queueContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '974c5e8b-45b9-4653-ba55-5f855dd0fb88')
var blobContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')

// Roles add up: one on the whole account would undo the append-only ones, so each table and container has its own.
resource mayUseTable 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, i) in tables: {
    name: guid(account.id, name, principalId, tableContributor)
    scope: account::tableService::table[i]
    properties: { roleDefinitionId: tableContributor, principalId: principalId, principalType: 'ServicePrincipal' }
  }
]

resource mayAppendRows 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, i) in appendOnlyTables: {
    name: guid(account.id, name, principalId, rowAppender.id)
    scope: account::tableService::appendOnly[i]
    properties: { roleDefinitionId: rowAppender.id, principalId: principalId, principalType: 'ServicePrincipal' }
  }
]

resource mayUseQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, queueContributor)
  scope: account
  properties: { roleDefinitionId: queueContributor, principalId: principalId, principalType: 'ServicePrincipal' }
}

resource mayKeepInventories 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::blobService::inventories.id, principalId, blobContributor)
  scope: account::blobService::inventories
  properties: { roleDefinitionId: blobContributor, principalId: principalId, principalType: 'ServicePrincipal' }
}

resource mayAddSeals 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::blobService::seals.id, principalId, blobAdder.id)
  scope: account::blobService::seals
  properties: { roleDefinitionId: blobAdder.id, principalId: principalId, principalType: 'ServicePrincipal' }
}

output tableEndpoint string = account.properties.primaryEndpoints.table
output queueEndpoint string = account.properties.primaryEndpoints.queue
output blobEndpoint string = account.properties.primaryEndpoints.blob
