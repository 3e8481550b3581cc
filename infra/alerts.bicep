// What wakes somebody up. Each query looks for log events by their id; docs/operations.md says what each alert means and what to do.
targetScope = 'resourceGroup'

param location string
param name string
param workspaceId string
param opsEmail string

@description('The workflow that asks for approvals; empty for none.')
param workflowId string

@description('Currency of the subscription, for each month.')
param monthlyBudget int

@description('First day of the current month, yyyy-MM-01, at the first deployment: a budget cannot change its start. Empty leaves it as it is.')
param budgetStart string

// Events that carry an exception arrive in the other table.
var events = 'union AppTraces, AppExceptions | extend EventId = toint(Properties.EventId)'

var rules = [
  {
    name: 'no-scan'
    severity: 1
    frequency: 'PT1H'
    window: 'P2D'
    query: '${events} | where EventId == 2001 and TimeGenerated > ago(25h) | summarize Scans = count() | where Scans == 0'
  }
  {
    name: 'poison-message'
    severity: 2
    frequency: 'PT15M'
    window: 'PT15M'
    query: '${events} | where EventId == 6001'
  }
  {
    name: 'tenant-halted'
    severity: 2
    frequency: 'PT15M'
    window: 'PT15M'
    query: '${events} | where EventId in (2006, 4011, 4012)'
  }
  {
    name: 'clear-refused'
    severity: 2
    frequency: 'PT15M'
    window: 'PT15M'
    query: '${events} | where EventId == 3003'
  }
  {
    name: 'trail-damaged'
    severity: 0
    frequency: 'PT15M'
    window: 'PT15M'
    query: '${events} | where EventId in (5002, 5003, 5004)'
  }
  {
    name: 'trouble'
    severity: 2
    frequency: 'PT15M'
    window: 'PT15M'
    query: '${events} | where EventId in (1100, 2005, 5001, 6002, 6003, 7000, 7002, 9040)'
  }
]

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  properties: {
    groupShortName: 'reanchor'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: opsEmail, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: 'alert-${name}-${rule.name}'
    location: location
    properties: {
      displayName: 'Reanchor: ${rule.name}'
      description: 'What it means and what to do: docs/operations.md#${rule.name}'
      enabled: true
      severity: rule.severity
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      scopes: [workspaceId]
      autoMitigate: false
      // While nothing is scanned, one mail a day and not one an hour: a new installation has no tenant yet.
      muteActionsDuration: rule.name == 'no-scan' ? 'P1D' : null
      criteria: { allOf: [{ query: rule.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }] }
      actions: { actionGroups: [operators.id] }
    }
  }
]

resource workflowFailed 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(workflowId)) {
  name: 'alert-${name}-approval-failed'
  location: 'global'
  properties: {
    description: 'What it means and what to do: docs/operations.md#approval-failed'
    enabled: true
    severity: 2
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    scopes: [workflowId]
    autoMitigate: false
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'failed'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'ActionsFailed'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: operators.id }]
  }
}

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = if (!empty(budgetStart)) {
  name: 'budget-${name}'
  properties: {
    category: 'Cost'
    amount: monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStart }
    notifications: {
      actual80: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [opsEmail]
      }
    }
  }
}
