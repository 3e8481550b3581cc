using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Reanchor.Access;
using Reanchor.Approvals;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Diagnosis;
using Reanchor.Exceptions;
using Reanchor.Inventories;
using Reanchor.Maintenance;
using Reanchor.Overview;
using Reanchor.Poison;
using Reanchor.Preflight;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Reporting;
using Reanchor.Scanning;
using Reanchor.Sealing;
using Reanchor.Syncing;
using Reanchor.Tenants;

namespace Reanchor;

public static class CoreServices
{
    /// <summary>The handlers and their options. The ports they use are registered by the adapters.</summary>
    public static IServiceCollection AddReanchorCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ScanOptions>().BindConfiguration(ScanOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScanOptions>, ScanOptionsValidator>();
        services.AddOptions<ClearingOptions>().BindConfiguration(ClearingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClearingOptions>, ClearingOptionsValidator>();
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptionsValidator>();
        services.AddOptions<ApprovalsOptions>().BindConfiguration(ApprovalsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApprovalsOptions>, ApprovalsOptionsValidator>();

        return services
            .AddSingleton<DirectoryWork>()
            .AddSingleton<TenantLedger>()
            .AddSingleton<RegisterTenantHandler>()
            .AddSingleton<RemoveTenantHandler>()
            .AddSingleton<ExceptionLedger>()
            .AddSingleton<SetExceptionHandler>()
            .AddSingleton<RemoveExceptionHandler>()
            .AddSingleton<AccessLedger>()
            .AddSingleton<GrantAccessHandler>()
            .AddSingleton<RemoveAccessHandler>()
            .AddSingleton<CollectorKeyLedger>()
            .AddSingleton<IssueCollectorKeyHandler>()
            .AddSingleton<RevokeCollectorKeysHandler>()
            .AddSingleton<CheckCollectorKeyHandler>()
            .AddSingleton<AcceptInventoryHandler>()
            .AddSingleton<FindWorkHandler>()
            .AddSingleton<ReportSyncHandler>()
            .AddSingleton<PartnerProvisioning>()
            .AddSingleton<InventoryJoiner>()
            .AddSingleton<ApprovedUsersJoiner>()
            .AddSingleton<UserAssessor>()
            .AddSingleton<ScanConclusion>()
            .AddSingleton<ScanTenantHandler>()
            .AddSingleton<ScanTenantsHandler>()
            .AddSingleton<RequestScanHandler>()
            .AddSingleton<ResumeScanHandler>()
            .AddSingleton<ProposalLedger>()
            .AddSingleton<ProposeClearHandler>()
            .AddSingleton<DecideProposalHandler>()
            .AddSingleton<ProposeIdentifierClearHandler>()
            .AddSingleton<AddressSeal>()
            .AddSingleton<BatchLedger>()
            .AddSingleton<BatchDraft>()
            .AddSingleton<BatchAnswers>()
            .AddSingleton<BatchClosing>()
            .AddSingleton<RequestApprovalsHandler>()
            .AddSingleton<AnswerBatchHandler>()
            .AddSingleton<SubscribeHandler>()
            .AddSingleton<CallBackHandler>()
            .AddSingleton<LostApprovals>()
            .AddSingleton<RecentTenantFacts>()
            .AddSingleton<UserWrites>()
            .AddSingleton<ClearPrecheck>()
            .AddSingleton<KillSwitch>()
            .AddSingleton<BreakerLedger>()
            .AddSingleton<ClearBrakes>()
            .AddSingleton<PauseTenantHandler>()
            .AddSingleton<LiftQuarantineHandler>()
            .AddSingleton<StopEverythingHandler>()
            .AddSingleton<ClaimedWrite>()
            .AddSingleton<RestorePrecheck>()
            .AddSingleton<ApplyClearHandler>()
            .AddSingleton<MatchCheck>()
            .AddSingleton<VerifyClearHandler>()
            .AddSingleton<VerifyAgainHandler>()
            .AddSingleton<RequestRestoreHandler>()
            .AddSingleton<RestoreScanHandler>()
            .AddSingleton<RestoreAnchorHandler>()
            .AddSingleton<PreflightHandler>()
            .AddSingleton<ReadConsentHandler>()
            .AddSingleton<PlanHardMatchHandler>()
            .AddSingleton<DiagnoseUserHandler>()
            .AddSingleton<LostWork>()
            .AddSingleton<MaintainHandler>()
            .AddSingleton<AuditStamp>()
            .AddSingleton<TrailReview>()
            .AddSingleton<SealTrailHandler>()
            .AddSingleton<SealTrailsHandler>()
            .AddSingleton<VerifyTrailHandler>()
            .AddSingleton<ReadOverviewHandler>()
            .AddSingleton<ReadScanReportHandler>()
            .AddSingleton<RetryPoisonHandler>()
            .AddSingleton<RecordPoisonHandler>();
    }
}
