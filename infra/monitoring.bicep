// Where logs and metrics go. Entra only: whoever has the connection string alone can send nothing.
targetScope = 'resourceGroup'

param location string
param name string

@description('Object id of the identity that may send telemetry.')
param principalId string

@description('Gigabytes a day after which logs are dropped until tomorrow, alerts with them; -1 for no limit.')
param dailyQuotaGb int

var metricsPublisher = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb')

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-${name}'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 31
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource maySend 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, principalId, metricsPublisher)
  scope: insights
  properties: { roleDefinitionId: metricsPublisher, principalId: principalId, principalType: 'ServicePrincipal' }
}

output workspaceId string = workspace.id
output connectionString string = insights.properties.ConnectionString
