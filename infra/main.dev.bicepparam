using 'main.bicep'

// setup.ps1 sets the variables: it has found or made what is in them.
param env = 'dev'
param apiClientId = readEnvironmentVariable('REANCHOR_API_CLIENT_ID')
param graphClientId = readEnvironmentVariable('REANCHOR_GRAPH_CLIENT_ID')
param graphWriterClientId = readEnvironmentVariable('REANCHOR_GRAPH_WRITER_CLIENT_ID')
param firstAdministrators = readEnvironmentVariable('REANCHOR_FIRST_ADMINISTRATORS', '')
param opsEmail = readEnvironmentVariable('REANCHOR_OPS_EMAIL')
param approvers = readEnvironmentVariable('REANCHOR_APPROVERS', '')
param approvalsAudience = readEnvironmentVariable('REANCHOR_APPROVALS_AUDIENCE', '')
param auditKey = readEnvironmentVariable('REANCHOR_AUDIT_KEY', '')
param paused = bool(readEnvironmentVariable('REANCHOR_PAUSED', 'false'))
param sealsLocked = bool(readEnvironmentVariable('REANCHOR_SEALS_LOCKED', 'false'))
param previousAuditKeyVersion = readEnvironmentVariable('REANCHOR_PREVIOUS_AUDIT_KEY_VERSION', '')
param budgetStart = readEnvironmentVariable('REANCHOR_BUDGET_START', '')

// Small, and quick to take down again.
param sealDays = 1
param dailyQuotaGb = 1
param monthlyBudget = 20
param maximumInstanceCount = 5
