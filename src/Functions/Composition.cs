using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Reanchor.Access;
using Reanchor.Adapters;
using Reanchor.Functions.Access;
using Reanchor.Functions.Telemetry;

namespace Reanchor.Functions;

public static class Composition
{
    /// <summary>Everything the functions need, in either host.</summary>
    public static IServiceCollection AddReanchorFunctions(this IServiceCollection services, IConfiguration configuration) => services
        .AddReanchorCore()
        .AddStorage()
        .AddGraphDirectory()
        .AddHttpGate(configuration)
        .AddSingleton<ITenantScopeSource, GrantedScopes>()
        .AddTelemetry(configuration);
}
