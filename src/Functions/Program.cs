using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Reanchor.Adapters.Storage;
using Reanchor.Functions;
using Reanchor.Functions.Worker;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<HttpGateMiddleware>();
builder.Services.AddReanchorFunctions(builder.Configuration);
builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();

var host = builder.Build();
await host.Services.GetRequiredService<StorageSetup>().EnsureAsync(CancellationToken.None);
await host.RunAsync();
