using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Reanchor.Functions.Access;

public static class AccessServices
{
    /// <summary>The gate and what it needs. Register an <c>ITenantScopeSource</c> as well for any authority but a local one.</summary>
    public static IServiceCollection AddHttpGate(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, TokenValidation>();
        services.AddSingleton(FunctionAccess.Of(typeof(AccessServices).Assembly));
        services.AddSingleton<TokenSignIn>();
        services.AddSingleton<CollectorKeySignIn>();
        services.AddSingleton<CallLimits>();
        services.AddSingleton<HttpGate>();
        return services;
    }
}
