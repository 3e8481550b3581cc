using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Reanchor.Access;
using Reanchor.Adapters;
using Reanchor.Approvals;
using Reanchor.Functions.Access;
using Reanchor.Functions.Pages;
using Reanchor.Functions.Telemetry;

namespace Reanchor.Functions;

public static class Composition
{
    /// <summary>Everything the functions need, in either host.</summary>
    public static IServiceCollection AddReanchorFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApprovalsOptions>().Validate<IOptions<AccessOptions>>(
            (approvals, access) => !approvals.AllowLoopback || access.Value.IsLocalAuthority,
            "Approvals__AllowLoopback is for an installation on one machine, whose Access__Authority is LocalHost. Leave it out.");

        return services
            .AddReanchorCore()
            .AddStorage()
            .AddGraphDirectory()
            .AddApprovalWorkflows()
            .AddHttpGate(configuration)
            .AddSingleton<ITenantScopeSource, GrantedScopes>()
            .AddConsole()
            .AddTelemetry(configuration);
    }
}
