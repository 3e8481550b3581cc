// Everything Reanchor runs on, in one resource group. docs/deploy.md goes through it step by step.
targetScope = 'resourceGroup'

@description('Short name of this installation, such as dev or prod.')
@minLength(2)
@maxLength(8)
param env string

param location string = resourceGroup().location

@description('Client id of the app registration whose tokens callers of the API carry.')
@minLength(36)
@maxLength(36)
param apiClientId string

@description('Client id of the multitenant application that reads customers\' directories.')
@minLength(36)
@maxLength(36)
param graphClientId string

@description('Client id of the multitenant application that writes to them.')
@minLength(36)
@maxLength(36)
param graphWriterClientId string

@description('Object ids of people, separated by commas, who may touch every tenant without a grant: the first who can let others in.')
param firstAdministrators string = ''

@description('Who gets the alerts.')
@minLength(6)
param opsEmail string

@description('Mail addresses, separated by semicolons, of those whom a workflow asks for approvals. Empty for no workflow.')
param approvers string = ''

@description('Application ID URI of the app registration that tokens for starting the workflow are for, and nothing else.')
param approvalsAudience string = ''

@description('32 random bytes in Base64, at the first deployment and to replace the key. Empty leaves the key as it is.')
@secure()
param auditKey string = ''

@description('The version in the vault of the audit key before this one, while events that it marked wait for their seal.')
param previousAuditKeyVersion string = ''

@description('Stops every write to every directory.')
param paused bool = false

@description('Six fields, UTC.')
param scanSchedule string = '0 0 2 * * *'

@description('Six fields, UTC. Proposals expire, lost work is resumed and the audit trail is sealed then.')
param maintenanceSchedule string = '0 7 * * * *'

@description('How long a seal of the audit trail can be neither changed nor removed.')
param sealDays int = 2555

@description('Whether that has been locked; a locked rule is left alone.')
param sealsLocked bool = false

@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

param maximumInstanceCount int = 40

@description('Gigabytes of logs a day; -1 for no limit. Beyond it no alert is raised until the next day.')
param dailyQuotaGb int = -1

param monthlyBudget int = 100

@description('First day of the current month, yyyy-MM-01, at the first deployment. Empty leaves the budget as it is.')
param budgetStart string = ''

var suffix = uniqueString(resourceGroup().id, env)
var name = 'reanchor-${env}-${suffix}'
var appName = 'func-${name}'
var hostAccountName = 'sthost${suffix}'
var workflowName = 'logic-${name}'

// For Azure resources. The ones for customers' directories have no rights in Azure at all.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}-app'
  location: location
}

resource reader 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}-reader'
  location: location
}

resource writer 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}-writer'
  location: location
}

module storage 'storage.bicep' = {
  params: {
    accountName: 'streanchor${suffix}'
    location: location
    principalId: identity.properties.principalId
    sealDays: sealDays
    sealsLocked: sealsLocked
  }
}

module monitoring 'monitoring.bicep' = {
  params: {
    location: location
    name: name
    principalId: identity.properties.principalId
    dailyQuotaGb: dailyQuotaGb
  }
}

module vault 'vault.bicep' = {
  params: {
    location: location
    vaultName: 'kvreanchor${suffix}'
    principalId: identity.properties.principalId
    auditKey: auditKey
  }
}

module app 'app.bicep' = {
  params: {
    location: location
    name: appName
    planName: 'plan-${name}'
    hostAccountName: hostAccountName
    identityName: identity.name
    graphIdentityNames: [reader.name, writer.name]
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
  }
}

module approvals 'approvals/approval.bicep' = if (!empty(approvers)) {
  params: {
    location: location
    name: workflowName
    apiBaseUrl: '${app.outputs.address}/api'
    apiAudience: 'api://${apiClientId}'
    triggerAudience: approvalsAudience
    callerObjectId: identity.properties.principalId
    approvers: approvers
  }
}

var approvalSettings = empty(approvers)
  ? {}
  : {
      Approvals__Workflows__default: approvals.?outputs.triggerAddress
      Approvals__Audience: approvalsAudience
      Approvals__ManagedIdentityClientId: identity.properties.clientId
      Approvals__ConsoleAddress: app.outputs.address
    }

module appSettings 'app-settings.bicep' = {
  params: {
    appName: appName
    settings: {
      AzureWebJobsStorage__accountName: hostAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      DataStorage__tableServiceUri: storage.outputs.tableEndpoint
      DataStorage__queueServiceUri: storage.outputs.queueEndpoint
      DataStorage__blobServiceUri: storage.outputs.blobEndpoint
      DataStorage__credential: 'managedidentity'
      DataStorage__clientId: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      ScanSchedule: scanSchedule
      MaintenanceSchedule: maintenanceSchedule
      Graph__Credential: 'FederatedIdentity'
      Graph__ClientId: graphClientId
      Graph__ManagedIdentityClientId: reader.properties.clientId
      Graph__Writer__Credential: 'FederatedIdentity'
      Graph__Writer__ClientId: graphWriterClientId
      Graph__Writer__ManagedIdentityClientId: writer.properties.clientId
      Access__Authority: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
      Access__Audience: 'api://${apiClientId}'
      Access__ClientId: apiClientId
      Access__FirstAdministrators: firstAdministrators
      Audit__Key: '${vault.outputs.keyReference})'
      Audit__PreviousKey: empty(previousAuditKeyVersion) ? '' : '${vault.outputs.keyReference}/${previousAuditKeyVersion})'
      Reanchor__Paused: string(paused)
      ...approvalSettings
    }
  }
}

module alerts 'alerts.bicep' = {
  dependsOn: [approvals]
  params: {
    workflowId: empty(approvers) ? '' : resourceId('Microsoft.Logic/workflows', workflowName)
    location: location
    name: name
    workspaceId: monitoring.outputs.workspaceId
    opsEmail: opsEmail
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
  }
}

output functionAppId string = app.outputs.id
output functionAppName string = appName
output address string = app.outputs.address
output readerPrincipalId string = reader.properties.principalId
output writerPrincipalId string = writer.properties.principalId

@description('Who is to have the app role Decide; empty without a workflow.')
output workflowPrincipalId string = approvals.?outputs.workflowPrincipalId ?? ''
