using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Preflight;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>The application that reads and the one that writes; one for both when no writer is set.</summary>
internal sealed class GraphApplications : IDirectoryApplications
{
    private readonly Uri? _redirect;

    public GraphApplications(
        IOptions<GraphOptions> options, SignInTransport transport, TimeProvider clock, ILogger<GraphApplication> logger)
    {
        var settings = options.Value;
        Reader = new(GraphOptions.Section, settings, transport, clock, logger);
        Writer = settings.Writer is { } writer
            ? new($"{GraphOptions.Section}__{nameof(GraphOptions.Writer)}", writer, transport, clock, logger)
            : Reader;
        _redirect = settings.ConsentRedirect;
    }

    public GraphApplication Reader { get; }

    public GraphApplication Writer { get; }

    public IReadOnlyList<RegisteredApplication> ListFor(Tenant tenant) => Writer == Reader
        ? [Describe(tenant, Reader, DirectoryUse.Read, DirectoryUse.Write)]
        : [Describe(tenant, Reader, DirectoryUse.Read), Describe(tenant, Writer, DirectoryUse.Write)];

    public async Task<string?> TrySignInAsync(Tenant tenant, DirectoryUse use, CancellationToken cancellationToken)
    {
        var application = use is DirectoryUse.Write ? Writer : Reader;

        try
        {
            await application.SignInTo(tenant).GetTokenAsync(new([GraphCloud.Of(tenant.Cloud).Scope], isCaeEnabled: true), cancellationToken);
            return null;
        }
        catch (DirectoryUnavailableException ex)
        {
            return ex.Message;
        }
    }

    private RegisteredApplication Describe(Tenant tenant, GraphApplication application, params IReadOnlyList<DirectoryUse> uses) => new(
        uses,
        application.ClientId,
        application.ClientId is { } clientId ? GraphCloud.Of(tenant.Cloud).ConsentAddress(tenant.Id, clientId, _redirect) : null);
}
