using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Reanchor.LocalHost.Hosting;

public static class FunctionEngineRegistration
{
    /// <summary>Runs the queue and timer functions of an assembly; <see cref="MapFunctions"/> adds its HTTP functions.</summary>
    /// <exception cref="InvalidOperationException">A function cannot be hosted, or there is no gate.</exception>
    public static IServiceCollection AddFunctionEngine(this IServiceCollection services, Assembly functions, FunctionEngineOptions options) =>
        services.AddFunctionEngine(FunctionCatalog.Read(functions), options);

    /// <inheritdoc cref="AddFunctionEngine(IServiceCollection, Assembly, FunctionEngineOptions)"/>
    public static IServiceCollection AddFunctionEngine(this IServiceCollection services, FunctionCatalog catalog, FunctionEngineOptions options)
    {
        if (options.Gate is null)
        {
            throw new InvalidOperationException($"The function engine does not start without {nameof(FunctionEngineOptions)}.{nameof(options.Gate)}: every HTTP function would be open to anyone.");
        }

        // Scoped registrations let ValidateOnBuild find a function whose dependencies are missing.
        foreach (var type in catalog.All.Where(function => !function.Method.IsStatic).Select(function => function.Method.DeclaringType!))
        {
            services.TryAddScoped(type);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddSingleton(options);
        services.AddHostedService<QueuePumps>();
        services.AddHostedService<TimerLoops>();
        return services;
    }

    /// <summary>Maps the HTTP functions under the route prefix of host.json, each behind the gate.</summary>
    public static IEndpointRouteBuilder MapFunctions(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<FunctionEngineOptions>();
        var logger = endpoints.ServiceProvider.GetRequiredService<ILogger<HttpFunctionEndpoint>>();

        foreach (var function in endpoints.ServiceProvider.GetRequiredService<FunctionCatalog>().Http)
        {
            var endpoint = new HttpFunctionEndpoint(function, options.Gate, logger);
            var pattern = $"/{options.Host.RoutePrefix}/{function.Route}".Replace("//", "/", StringComparison.Ordinal);
            var mapped = function.Verbs.Count == 0
                ? endpoints.Map(pattern, endpoint.HandleAsync)
                : endpoints.MapMethods(pattern, function.Verbs, endpoint.HandleAsync);

            mapped.WithDisplayName(function.Name);
        }

        return endpoints;
    }
}
