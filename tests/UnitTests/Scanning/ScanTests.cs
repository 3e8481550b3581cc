using Reanchor.Contracts;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Scanning;

/// <summary>A tenant that is scanned.</summary>
public abstract class ScanTests : IDisposable
{
    private protected World World { get; } = new();

    public void Dispose()
    {
        World.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static ReadOnlySpan<CloudUser> Guests(int count) =>
        Enumerable.Range(0, count).Select(n => Samples.Ann with
        {
            Id = Guid.NewGuid(),
            UserType = "Guest",
            UserPrincipalName = $"guest{n}_elsewhere.example#EXT#@corp.onmicrosoft.com",
            Mail = null,
            ProxyAddresses = [],
        }).ToArray();

    protected async Task GivenSevenUsersOnFourPagesAsync()
    {
        await World.GivenAnnAsync();
        World.Directory.Put(World.Tenant.Id, Guests(6));
        World.Directory.PageSize = 2;
        World.Scanning.BatchSize = 2;
    }

    protected Task<ScanOutcome> HandleAsync(ScanTenant command) =>
        World.Get<ScanTenantHandler>().HandleAsync(command, World.Cancellation);
}
