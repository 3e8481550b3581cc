// The one secret there is: the key that marks audit events as Reanchor's own (docs/audit.md).
targetScope = 'resourceGroup'

param location string

@minLength(3)
@maxLength(24)
param vaultName string

@description('Object id of the identity that may read the secret.')
param principalId string

@description('32 random bytes in Base64. Empty leaves the key in the vault as it is.')
@secure()
param auditKey string = ''

var secretName = 'audit-key'
var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: vaultName
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
  }
}

resource key 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (!empty(auditKey)) {
  parent: vault
  name: secretName
  properties: { value: auditKey, contentType: 'Reanchor Audit__Key' }
}

resource mayRead 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, secretsUser)
  scope: vault
  properties: { roleDefinitionId: secretsUser, principalId: principalId, principalType: 'ServicePrincipal' }
}

@description('Without the version, if any, and the closing parenthesis.')
output keyReference string = '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${secretName}'
