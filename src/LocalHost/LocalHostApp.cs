using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Reanchor.Adapters.Storage;
using Reanchor.Functions;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Functions.Timers;
using Reanchor.LocalHost.Hosting;
using Reanchor.LocalHost.Identity;
using Reanchor.Tenants;

namespace Reanchor.LocalHost;

/// <summary>The deployed functions, running in this process behind Kestrel on the loopback address.</summary>
internal sealed partial class LocalHostApp : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["ScanSchedule"] = "0 0 2 * * *",
        ["MaintenanceSchedule"] = "0 7 * * * *",
        ["Access:Audience"] = LocalIdentity.DefaultAudience,
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Azure"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
    };

    private readonly WebApplication _app;

    private LocalHostApp(WebApplication app, Uri origin, LocalIdentity identity) =>
        (_app, Origin, Identity) = (app, origin, identity);

    /// <summary>The settings of this folder: local.settings.json beside the program, if there is one.</summary>
    public static string SettingsPath { get; } = Path.Combine(AppContext.BaseDirectory, "local.settings.json");

    /// <summary>Such as <c>http://127.0.0.1:7080</c>.</summary>
    public Uri Origin { get; }

    public LocalIdentity Identity { get; }

    /// <summary>Origin and route prefix.</summary>
    public Uri Api => new(Origin, _app.Services.GetRequiredService<FunctionEngineOptions>().Host.RoutePrefix);

    /// <summary>Whether this process signs people in; otherwise Entra does.</summary>
    public bool SignsPeopleIn => _app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.IsLocalAuthority;

    /// <param name="port">0 for a free one.</param>
    /// <param name="settings">Set on top of local.settings.json and the environment.</param>
    /// <param name="keyFolder">Where the key that signs local tokens is kept; <see langword="null"/> for one that lasts as long as the process.</param>
    /// <param name="traceFile">Where every span is written, for one who wants to see what took how long; <see langword="null"/> for nowhere.</param>
    /// <exception cref="StartRefusedException">A setting is missing or wrong; the message says what to set.</exception>
    public static async Task<LocalHostApp> StartAsync(
        int port, IReadOnlyDictionary<string, string?> settings, string? keyFolder, string? traceFile, CancellationToken cancellationToken)
    {
        // Bound before anything else, and kept: the address is part of what tokens say, and a free port that is let go may be another's next.
        var socket = Bind(port);
        var origin = new Uri($"http://{socket.LocalEndPoint}");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var configuration = builder.Configuration;
        configuration.Sources.Clear();
        configuration.AddInMemoryCollection(Defaults).AddLocalSettings(SettingsPath).AddInMemoryCollection(settings);

        var identity = new LocalIdentity(
            origin,
            configuration["Access:Audience"]!,
            keyFolder is null ? SigningKey.Create() : SigningKey.LoadOrCreate(keyFolder),
            TimeProvider.System);

        // Hosts on several machines need one that is set; on one machine the key file is common to all.
        configuration["Audit:Key"] ??= identity.DeriveSecret("audit");

        if (string.IsNullOrEmpty(configuration["Access:Authority"]) || new AccessOptions { Authority = configuration["Access:Authority"]! }.IsLocalAuthority)
        {
            // An authority on this machine is this one, whatever port it was written down with.
            configuration["Access:Authority"] = identity.Issuer;
        }

        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(socket.LocalEndPoint!);
        });
        builder.WebHost.UseSockets(transport => transport.CreateBoundListenSocket = _ => socket);
        builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateOnBuild, provider.ValidateScopes) = (true, true));

        builder.Services.AddReanchorFunctions(configuration).AddConsoleFromSource();
        AddEngine(builder.Services, configuration);
        AddTraceFile(builder.Services, traceFile);
        var app = builder.Build();
        await StartAsync(app, identity, cancellationToken);
        return new(app, origin, identity);
    }

    /// <summary>Where the data is and how much of it there is: two installations on one machine are easily mixed up.</summary>
    public async Task<string> DescribeStorageAsync(CancellationToken cancellationToken)
    {
        var tenants = await _app.Services.GetRequiredService<ITenantStore>().ListAsync(cancellationToken).CountAsync(cancellationToken);
        return $"{_app.Services.GetRequiredService<StorageConnection>().Tables.Uri} with {tenants} tenant{(tenants == 1 ? "" : "s")}";
    }

    public Task RunAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Identity.Dispose();
    }

    private static async Task StartAsync(WebApplication app, LocalIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            // Before anything is touched; the host would only get to it after the tables are made, and log a stack trace.
            app.Services.GetRequiredService<IStartupValidator>().Validate();

            foreach (var timer in app.Services.GetRequiredService<FunctionCatalog>().Timers)
            {
                TimerSchedule.Read(timer, app.Configuration, TimeProvider.System.GetUtcNow());
            }

            await app.Services.GetRequiredService<StorageSetup>().EnsureAsync(cancellationToken);
        }
        catch (InvalidOperationException ex)
        {
            throw new StartRefusedException(SettingOf(ex), ex);
        }
        catch (Exception ex) when (ex is RequestFailedException || (ex is AggregateException all && all.InnerExceptions.All(e => e is RequestFailedException)))
        {
            throw new StartRefusedException(
                $"The storage that {StorageConnection.Setting} names does not answer. Check the setting, and that this machine can reach it.", ex);
        }

        app.Use((context, next) =>
        {
            SecurityHeaders.PutOn(context.Response);
            return next(context);
        });
        app.UseStatusCodePages(pages => NothingThere(pages.HttpContext).ExecuteAsync(pages.HttpContext));
        app.MapLocalIdentity(identity);
        app.MapConsole(app.Services.GetRequiredService<FunctionEngineOptions>().Host.RoutePrefix);
        app.MapFunctions();
        await app.StartAsync(cancellationToken);
    }

    /// <summary>An address or a method that no route has, answered like every other refusal.</summary>
    private static IResult NothingThere(HttpContext context) => Problems.Of(
        context.Response.StatusCode,
        context.Response.StatusCode is StatusCodes.Status405MethodNotAllowed
            ? $"This address takes {context.Response.Headers.Allow}."
            : "There is nothing at this address.");

    /// <summary>Binding speaks of <c>Section:Name</c> and of our types; whoever sets it knows <c>Section__Name</c>.</summary>
    private static string SettingOf(InvalidOperationException ex) => BindingFailure().Match(ex.Message) is { Success: true } match
        ? $"{match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal)} has a value that cannot be read. See docs/settings.md for what it may be."
        : ex.Message;

    [GeneratedRegex("configuration value .* at '([^']+)'")]
    private static partial Regex BindingFailure();

    private static void AddEngine(IServiceCollection services, ConfigurationManager configuration) =>
        services.AddFunctionEngine(typeof(MaintainFunction).Assembly, new FunctionEngineOptions
        {
            Host = HostSettings.Read(Path.Combine(AppContext.BaseDirectory, "host.json"), configuration),
            Gate = async (context, function) =>
                await context.RequestServices.GetRequiredService<HttpGate>().AdmitAsync(context, function) ? null : Results.Empty,
            QueueStorage = _ => StorageConnection.From(configuration, QueueMessageEncoding.None).Queues,
            MessageLease = configuration.GetValue("LocalHost:MessageLease", TimeSpan.FromSeconds(30)),
            TimersToRunAtStart = [MaintainFunction.Name, SealTrailsFunction.Name],
        });

    private static void AddTraceFile(IServiceCollection services, string? path)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            var file = new TraceFile(path);
            services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new SimpleActivityExportProcessor(file)));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartRefusedException($"The trace cannot be written to {path}: {ex.Message} Name another file with --trace.", ex);
        }
    }

    private static Socket Bind(int port)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException ex)
        {
            var why = ex.SocketErrorCode == SocketError.AddressAlreadyInUse ? "is in use" : "may not be used by this account";
            throw new StartRefusedException($"Port {port} {why}. Choose another one with --port, or --port 0 for a free one.", ex);
        }
    }
}
