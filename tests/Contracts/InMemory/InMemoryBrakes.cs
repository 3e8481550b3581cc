using Microsoft.Extensions.DependencyInjection;
using Reanchor.Clearing;

namespace Reanchor.Contracts.InMemory;

/// <summary>The kill switch, for tests of the directory's adapter alone.</summary>
public static class InMemoryBrakes
{
    public static IServiceCollection AddKillSwitch(this IServiceCollection services, bool isOn = false) => services
        .AddSingleton<IBreakerStore>(new InMemoryBreakerStore(new(TimeProvider.System)))
        .AddSingleton<KillSwitch>()
        .Configure<ClearingOptions>(options => options.Paused = isOn);
}
