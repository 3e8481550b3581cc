// Asks for approvals by mail: Reanchor calls the trigger, the workflow mails the approvers and reports their answer back.
// docs/approvals.md says how to set it up, and what such an answer is worth.
targetScope = 'resourceGroup'

param location string = resourceGroup().location

param name string = 'logic-reanchor-approval'

@description('Where Reanchor answers, such as https://reanchor.azurewebsites.net/api.')
param apiBaseUrl string

@description('Application ID URI of Reanchor\'s app registration: Access__Audience.')
param apiAudience string

@description('The audience Reanchor asks a token for when it starts this workflow: Approvals__Audience. One of its own, so that no other token opens the trigger.')
param triggerAudience string

@description('Object id of the managed identity of Reanchor\'s Function App, which alone may start this workflow.')
param callerObjectId string

@description('Mail addresses, separated by semicolons, of those who are asked when a tenant\'s policy names nobody.')
param approvers string

resource mail 'Microsoft.Web/connections@2016-06-01' = {
  name: '${name}-office365'
  location: location
  properties: {
    displayName: 'Approval mailbox'
    api: { id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'office365') }
  }
}

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('approval.workflow.json')
    parameters: {
      '$connections': {
        value: {
          office365: {
            id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'office365')
            connectionId: mail.id
            connectionName: mail.name
          }
        }
      }
      apiBaseUrl: { value: apiBaseUrl }
      apiAudience: { value: apiAudience }
      approvers: { value: approvers }
    }
    accessControl: {
      // sasAuthenticationPolicy is missing from the published type, hence any(). Without it the address with a signature stays good.
      triggers: any({
        sasAuthenticationPolicy: { state: 'Disabled' }
        openAuthenticationPolicies: {
          policies: {
            reanchor: {
              type: 'AAD'
              claims: [
                { name: 'iss', value: 'https://sts.windows.net/${tenant().tenantId}/' }
                { name: 'aud', value: triggerAudience }
                { name: 'oid', value: callerObjectId }
              ]
            }
          }
        }
      })
      // Nobody reads the inputs and outputs of runs: they name users.
      contents: { allowedCallerIpAddresses: [{ addressRange: '0.0.0.0-0.0.0.0' }] }
    }
  }
}

@description('Give this identity the app role Decide.')
output workflowPrincipalId string = workflow.identity.principalId

@description('For Approvals__Workflows__default: the address without a signature.')
#disable-next-line outputs-should-not-contain-secrets // basePath holds no sig, sp or sv
output triggerAddress string = '${listCallbackURL('${workflow.id}/triggers/manual', '2019-05-01').basePath}?api-version=2016-10-01'
