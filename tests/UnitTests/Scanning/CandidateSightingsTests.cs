using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

public sealed class CandidateSightingsTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Scan_CandidateEachTime_CountsScansAndRemembersTheFirst()
    {
        await _world.GivenAnnAsync();
        var first = await SightingsAfterAScanAsync();
        _world.Clock.Advance(TimeSpan.FromHours(5));

        var second = await SightingsAfterAScanAsync();

        Assert.Equal((1, first.Latest), (first.Scans, first.First));
        Assert.Equal((2, first.First), (second.Scans, second.First));
        Assert.True(second.Latest - first.First > TimeSpan.FromHours(5));
    }

    [Theory]
    [InlineData("guest")]
    [InlineData("gone")]
    [InlineData("other anchor")]
    [InlineData("other account")]
    public async Task Scan_NotTheSameCandidateInBetween_StartsOver(string change)
    {
        await _world.GivenAnnAsync();
        await SightingsAfterAScanAsync();
        await SightingsAfterAScanAsync();

        switch (change)
        {
            case "guest":
                _world.Directory.Put(_world.Tenant.Id, Samples.Ann with { UserPrincipalName = "guest@corp.example", Mail = null, ProxyAddresses = [], UserType = "Guest" });
                Assert.Equal(CandidateSightings.None, await SightingsAfterAScanAsync());
                _world.Directory.Put(_world.Tenant.Id, Samples.Ann);
                break;
            case "gone":
                _world.Directory.Remove(_world.Tenant.Id, Samples.Ann.Id);
                await _world.ScanAsync();
                _world.Directory.Put(_world.Tenant.Id, Samples.Ann);
                break;
            case "other anchor":
                _world.Directory.Put(_world.Tenant.Id, Samples.Ann with { Anchor = SourceAnchor.FromGuid(Guid.NewGuid()) });
                break;
            default:
                _world.Clock.Advance(TimeSpan.FromMinutes(1));
                await _world.UploadAsync(Samples.AnnsAccount with { ObjectGuid = Guid.NewGuid() });
                break;
        }

        var sightings = await SightingsAfterAScanAsync();

        Assert.Equal((1, sightings.Latest), (sightings.Scans, sightings.First));
    }

    [Fact]
    public async Task Scan_FailedInBetween_DoesNotStartOver()
    {
        await _world.GivenAnnAsync();
        await SightingsAfterAScanAsync();
        var command = await _world.RequestScanAsync();
        var found = await _world.Scans.FindAsync(command.Tenant, command.Scan, World.Cancellation);
        await _world.Get<ScanConclusion>().FailAsync(found!, "given up", World.Cancellation);

        Assert.Equal(2, (await SightingsAfterAScanAsync()).Scans);
    }

    [Fact]
    public async Task Scan_PageReadTwiceOrStartedOver_CountsOnce()
    {
        await _world.GivenAnnAsync();
        await SightingsAfterAScanAsync();
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann with { Id = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000001"), UserPrincipalName = "guest@corp.example", Mail = null, ProxyAddresses = [], UserType = "Guest" });
        (_world.Directory.PageSize, _world.Scanning.BatchSize) = (1, 1);
        var expired = false;
        _world.Directory.BeforePage = link =>
        {
            if (link is not null && !expired)
            {
                expired = true;
                throw new PageExpiredException("410");
            }
        };

        var sightings = await SightingsAfterAScanAsync();

        Assert.True(expired);
        Assert.Equal(2, sightings.Scans);
    }

    [Theory]
    [InlineData(1, 0, 1, 0, null)]
    [InlineData(2, 30, 3, 0, "Seen as a candidate by 2 of the 3 scans in a row")]
    [InlineData(3, 6.9, 3, 7, "Seen as a candidate for 6 of the 7 days")]
    [InlineData(3, 7, 3, 7, null)]
    public void WaitsFor_Policy_AsksForScansAndDays(int scans, double days, int minimum, int minimumDays, string? expected)
    {
        var sightings = new CandidateSightings(scans, Samples.Now, Samples.Now.AddDays(days));

        var waitsFor = sightings.WaitsFor(new TenantPolicy { MinimumSightings = minimum, MinimumSightingDays = minimumDays });

        Assert.Equal(expected is null, waitsFor is null);
        Assert.StartsWith(expected ?? "", waitsFor ?? "", StringComparison.Ordinal);
    }

    private async Task<CandidateSightings> SightingsAfterAScanAsync()
    {
        var scan = await _world.ScanAsync();
        var finding = (await _world.Findings.FindAsync(scan.Tenant, Samples.Ann.Id, World.Cancellation))!;
        Assert.Equal(scan.Id, finding.Scan);
        return finding.Sightings;
    }
}
