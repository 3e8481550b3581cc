using Microsoft.Extensions.FileProviders;
using Reanchor.Access;
using Reanchor.Functions.Pages;
using Reanchor.LocalHost.Demo;
using Reanchor.LocalHost.Identity;

namespace Reanchor.LocalHost;

/// <summary>The console of an installation on one machine.</summary>
internal static class LocalConsole
{
    /// <summary>The page as it is written, where this program was built beside it.</summary>
    private static readonly string Source = Path.GetFullPath("../../../../Console", AppContext.BaseDirectory);

    /// <summary>In development a change of the page is seen after a reload; only its libraries come from the build.</summary>
    public static IServiceCollection AddConsoleFromSource(this IServiceCollection services) =>
        File.Exists(Path.Combine(Source, "index.html"))
            ? services.AddSingleton(_ => new ConsoleFiles(new CompositeFileProvider(
                new PhysicalFileProvider(Source), new PhysicalFileProvider(ConsoleFiles.Folder))))
            : services;

    /// <summary>Leads to the console from the addresses that one tries first.</summary>
    public static void MapConsole(this IEndpointRouteBuilder app, string routePrefix)
    {
        app.MapGet("/", () => Results.Redirect($"/{routePrefix}/console/"));
        app.MapGet("/console", () => Results.Redirect($"/{routePrefix}/console/"));
    }

    /// <summary>Prints links to the console. Each has a token in it, which the page keeps for itself: it is good for what the role allows, in every tenant.</summary>
    public static void SayHowToSignIn(LocalHostApp app)
    {
        if (!app.SignsPeopleIn)
        {
            Story.Say($"Console    {app.Api}/console/    (sign in with Entra)");
            return;
        }

        Story.Say($"Console    open one of these; a link is good for {LocalIdentity.TokenLifetime.TotalHours} hours, and nobody approves what they asked for themselves:");

        foreach (var (name, role) in new[] { ("Olga", Role.Operate), ("Piet", Role.Approve), ("Ada", Role.Administer) })
        {
            var token = app.Identity.Mint(new() { Name = name, Roles = [role.ToString()], Tenants = ["*"] });
            Story.Command($"  {name}, {role}: {app.Api}/console/#token={token}");
        }
    }
}
