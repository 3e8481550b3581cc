// Waits for the decision on a batch, for a ticket system: the workflow subscribes at Reanchor and is called back.
targetScope = 'resourceGroup'

param location string = resourceGroup().location

param name string = 'logic-reanchor-ticket'

@description('Where Reanchor answers, such as https://reanchor.azurewebsites.net/api.')
param apiBaseUrl string

@description('Application ID URI of Reanchor\'s app registration: Access__Audience.')
param apiAudience string

@description('The audience that whoever starts this workflow asks a token for.')
param triggerAudience string

@description('Object id of the identity that may start this workflow.')
param callerObjectId string

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    definition: loadJsonContent('ticket.workflow.json')
    parameters: {
      apiBaseUrl: { value: apiBaseUrl }
      apiAudience: { value: apiAudience }
    }
    accessControl: {
      // sasAuthenticationPolicy is missing from the published type, hence any(). Without it the address with a signature stays good.
      triggers: any({
        sasAuthenticationPolicy: { state: 'Disabled' }
        openAuthenticationPolicies: {
          policies: {
            caller: {
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
    }
  }
}

@description('Give this identity the app role Decide.')
output workflowPrincipalId string = workflow.identity.principalId

@description('Where to start it: the address without a signature.')
#disable-next-line outputs-should-not-contain-secrets // basePath holds no sig, sp or sv
output triggerAddress string = '${listCallbackURL('${workflow.id}/triggers/manual', '2019-05-01').basePath}?api-version=2016-10-01'
