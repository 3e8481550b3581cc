using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Reanchor.Functions.Pages;

internal static class PageServices
{
    public static IServiceCollection AddConsole(this IServiceCollection services) =>
        services.AddSingleton(_ => new ConsoleFiles(new PhysicalFileProvider(ConsoleFiles.Folder)));
}
