import { words } from '../ui/words.js';

/** Audit events by type: how it went, and what it was in words (docs/audit-events.md lists them all). */
const events = {
  TenantRegistered: ['info', 'Tenant registered'], TenantChanged: ['info', 'Tenant\'s settings changed'], TenantRemoved: ['bad', 'Tenant removed'],
  InventoryAccepted: ['good', 'Inventory accepted'], InventoryRefused: ['bad', 'Inventory refused'],
  TenantPaused: ['bad', 'Writes paused'], TenantResumed: ['good', 'Writes go on'],
  EverythingStopped: ['bad', 'Everything stopped'], StopLifted: ['good', 'Stop lifted'],
  ClearLimitReached: ['info', 'The clears of an hour are used up'], TenantQuarantined: ['bad', 'Tenant in quarantine'], QuarantineLifted: ['good', 'Quarantine lifted'],
  SyncReported: ['info', 'Sync run reported'],
  ExceptionSet: ['info', 'Exception set'], ExceptionRemoved: ['info', 'Exception removed'], ExceptionRanOut: ['info', 'Exception ran out'],
  AccessGranted: ['info', 'Access given'], AccessRemoved: ['info', 'Access taken back'],
  CollectorKeyIssued: ['info', 'Collector key made'], CollectorKeyTakenUp: ['info', 'Collector key used for the first time'], CollectorKeysRevoked: ['bad', 'Collector keys revoked'],
  ScanRequested: ['info', 'Scan asked for'], ScanCompleted: ['good', 'Scan completed'], ScanHalted: ['bad', 'Scan halted'], ScanResumed: ['info', 'Scan let go on'], ScanFailed: ['bad', 'Scan failed'],
  ClearProposed: ['info', 'Found, and a clear proposed'], ObjectIdentifierClearProposed: ['info', 'Second clear asked for'],
  ApprovalGiven: ['good', 'Approved by the first of two'], AdviceGiven: ['info', 'Advice given, which does not count'],
  ProposalApproved: ['good', 'Approved'], ProposalRejected: ['bad', 'Rejected'], DecisionRefused: ['bad', 'Decision refused'],
  ApprovalsRequested: ['info', 'Approvers asked'], ProposalExpired: ['bad', 'Expired'], ProposalSuperseded: ['bad', 'Superseded: nothing was done'],
  BatchAnswered: ['info', 'A workflow answered for a batch'], BatchAnswerRefused: ['bad', 'A workflow\'s answer was not taken'], BatchClosed: ['info', 'Batch decided'],
  CallbackSubscribed: ['info', 'A workflow wants to be called back'], CallbackUnsubscribed: ['info', 'A workflow wants no call back'],
  CallbackMade: ['good', 'Workflow called back'], CallbackFailed: ['bad', 'Calling a workflow back was given up'], CallbackRefused: ['bad', 'An address to call back was refused'],
  ClearStarted: ['info', 'Old values put on record'], AnchorCleared: ['good', 'Anchor cleared'],
  ObjectIdentifierClearStarted: ['info', 'Old values put on record'], ObjectIdentifierCleared: ['good', 'Object identifier cleared'],
  ClearRefused: ['bad', 'The directory refused the clear'], ProvisioningRequested: ['info', 'Cloud Sync asked to take the account up at once'],
  MatchVerified: ['good', 'Verified: the sync matched the account'], VerificationInconclusive: ['bad', 'Not verified'],
  RestoreRequested: ['info', 'Restore asked for'], AnchorRestored: ['good', 'Old anchor put back'], RestoreRefused: ['bad', 'Restore refused'],
  MessagePoisoned: ['bad', 'A step was given up'], PoisonRetried: ['info', 'A step was sent back'],
};

export const eventKind = type => events[type]?.[0] ?? 'info';
export const eventLabel = type => events[type]?.[1] ?? words(type);
export const eventTypes = Object.keys(events);
