using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Reanchor.Collector.Watching;

/// <summary>The program as a Windows service, a systemd unit, or a console that stays open.</summary>
internal static class WatchHost
{
    /// <param name="settingsPath">A JSON file. Environment variables such as <c>Reanchor__TokenFile</c> come before it.</param>
    /// <exception cref="OptionsValidationException">A setting is refused; several come in an <see cref="AggregateException"/>.</exception>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A value is not of its setting's kind.</exception>
    public static IHost Build(string settingsPath)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        var path = Path.GetFullPath(settingsPath);
        builder.Configuration.AddJsonFile(path, optional: false).AddEnvironmentVariables();
        SettingNames.RefuseUnknown(builder.Configuration, new ConfigurationBuilder().AddJsonFile(path, optional: false).Build());
        builder.Services.AddWindowsService(service => service.ServiceName = "Reanchor collector");
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SyncCommand>();
        AddOptions<WatchedDirectoryOptions, WatchedDirectoryOptionsValidator>(builder, WatchedDirectoryOptions.Section);
        AddOptions<ReanchorOptions, ReanchorOptionsValidator>(builder, ReanchorOptions.Section);
        AddOptions<WatchOptions, WatchOptionsValidator>(builder, WatchOptions.Section);
        AddOptions<SyncOptions, SyncOptionsValidator>(builder, SyncOptions.Section);
        builder.Services.AddHostedService<InventoryWatch>();
        builder.Services.AddHostedService<SyncWatch>();
        var host = builder.Build();

        try
        {
            // Before the start, which would log a refusal as a crash.
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static void AddOptions<TOptions, TValidator>(HostApplicationBuilder builder, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        builder.Services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        builder.Services.AddOptions<TOptions>().Bind(builder.Configuration.GetSection(section)).ValidateOnStart();
    }
}
