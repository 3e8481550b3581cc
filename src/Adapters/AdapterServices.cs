using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Reanchor.Access;
using Reanchor.Adapters.Approvals;
using Reanchor.Adapters.Blobs;
using Reanchor.Adapters.Graph;
using Reanchor.Adapters.Queues;
using Reanchor.Adapters.Storage;
using Reanchor.Adapters.Tables;
using Reanchor.Approvals;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Exceptions;
using Reanchor.Inventories;
using Reanchor.Poison;
using Reanchor.Preflight;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Sealing;
using Reanchor.Syncing;
using Reanchor.Tenants;

namespace Reanchor.Adapters;

public static class AdapterServices
{
    /// <summary>Stores, queues and the inventory archive in the storage account that <c>DataStorage</c> names.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => StorageConnection.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Tables)
        .AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Queues)
        .AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Blobs)
        .AddSingleton<StorageSetup>()
        .AddSingleton<ITenantStore, TableTenantStore>()
        .AddSingleton<IScanStore, TableScanStore>()
        .AddSingleton<IFindingStore, TableFindingStore>()
        .AddSingleton<IExceptionStore, TableExceptionStore>()
        .AddSingleton<IAccessStore, TableAccessStore>()
        .AddSingleton<ICollectorKeyStore, TableCollectorKeyStore>()
        .AddSingleton<IProposalStore, TableProposalStore>()
        .AddSingleton<IBreakerStore, TableBreakerStore>()
        .AddSingleton<IInventoryStore, TableInventoryStore>()
        .AddSingleton<ICollectorSyncStore, TableCollectorSyncStore>()
        .AddSingleton<IAuditTrail, TableAuditTrail>()
        .AddSingleton<IPoisonStore, TablePoisonStore>()
        .AddSingleton<IBatchStore, TableBatchStore>()
        .AddSingleton<ISealRegister, TableSealRegister>()
        .AddSingleton<ISealArchive, BlobSealArchive>()
        .AddSingleton<ITrailCheckStore, TableTrailCheckStore>()
        .AddSingleton<IInventoryArchive, BlobInventoryArchive>()
        .AddSingleton<ICommandQueue, StorageCommandQueue>();

    /// <summary>The workflows that ask for approvals, and those that are called back.</summary>
    public static IServiceCollection AddApprovalWorkflows(this IServiceCollection services) => services
        .AddSingleton<IApprovalWorkflow, LogicAppWorkflow>()
        .AddSingleton<ICallbackClient, GuardedCallbacks>();

    /// <summary>The directory of each tenant, through Microsoft Graph.</summary>
    public static IServiceCollection AddGraphDirectory(this IServiceCollection services)
    {
        services.AddOptions<GraphOptions>().BindConfiguration(GraphOptions.Section).ValidateOnStart();

        return services
            .AddSingleton<IValidateOptions<GraphOptions>, GraphOptionsValidator>()
            .AddSingleton(SignInTransport.Shared)
            .AddSingleton<GraphApplications>()
            .AddSingleton<IDirectoryApplications>(provider => provider.GetRequiredService<GraphApplications>())
            .AddSingleton<GraphReaderClients>()
            .AddSingleton<GraphWriterClients>()
            .AddSingleton<IDirectoryReader, GraphDirectoryReader>()
            .AddSingleton<IAnchorWriter, GraphAnchorWriter>()
            .AddSingleton<IAccountProvisioner, GraphAccountProvisioner>();
    }
}
