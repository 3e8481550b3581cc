// The app settings, in a step of their own: they hold the workflow's address, and the workflow holds the app's.
targetScope = 'resourceGroup'

param appName string

@description('All of them: what is not listed here is taken away.')
param settings object

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName

  resource appSettings 'config' = { name: 'appsettings', properties: settings }
}
