using Reanchor.IntegrationTests.Collector;
using Xunit;

[assembly: AssemblyFixture(typeof(SambaDomains))]

namespace Reanchor.IntegrationTests.Collector;

/// <summary>The domain controllers that tests share. Each starts when a test first asks for it.</summary>
public sealed class SambaDomains : IAsyncDisposable
{
    internal static readonly SambaSeed CorpSeed = new("corp.test", "CORP", 10_003) { Deleted = 3 };
    internal static readonly SambaSeed PartnerSeed = new("partner.test", "PARTNER", 25) { RefusesPlainSignIn = true, OddConsistencyGuid = 24, Kerberos = true };

    private readonly Lazy<Task<SambaDomain>> _corp = new(() => SambaDomain.StartAsync(CorpSeed));
    private readonly Lazy<Task<SambaDomain>> _partner = new(() => SambaDomain.StartAsync(PartnerSeed));

    /// <summary>10,000 users, 3 deleted ones.</summary>
    internal Task<SambaDomain> CorpAsync() => GetAsync(_corp);

    /// <summary>A second forest, which refuses a sign-in without TLS, and takes tickets of Kerberos.</summary>
    internal Task<SambaDomain> PartnerAsync() => GetAsync(_partner);

    public async ValueTask DisposeAsync()
    {
        foreach (var domain in (Lazy<Task<SambaDomain>>[])[_corp, _partner])
        {
            if (domain is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                await (await domain.Value).DisposeAsync();
            }
        }
    }

    private static Task<SambaDomain> GetAsync(Lazy<Task<SambaDomain>> domain)
    {
        SambaDomain.SkipIfMissing();
        return domain.Value;
    }
}
