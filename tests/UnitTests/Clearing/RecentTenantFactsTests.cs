using Microsoft.Extensions.Time.Testing;
using Moq;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

public sealed class RecentTenantFactsTests
{
    private readonly FakeTimeProvider _clock = new(Samples.Now);
    private readonly Mock<IDirectoryReader> _directory = new();
    private readonly RecentTenantFacts _facts;

    public RecentTenantFactsTests()
    {
        _directory
            .Setup(d => d.ReadTenantFactsAsync(It.IsAny<Tenant>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => Samples.Facts);
        _facts = new(_directory.Object, _clock);
    }

    [Theory]
    [InlineData(15, 1)]
    [InlineData(16, 2)]
    public async Task ReadAsync_SecondTime_ReadsAgainWhenTheFirstIsOld(int seconds, int reads)
    {
        var tenant = Samples.NewTenant();
        await _facts.ReadAsync(tenant, World.Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        await _facts.ReadAsync(tenant, World.Cancellation);

        AssertReads(reads);
    }

    [Fact]
    public async Task ReadAsync_WhileAnotherClearReadsThemAnew_GoesByTheOldOnesUntilTheyAreTooOld()
    {
        var tenant = Samples.NewTenant();
        await _facts.ReadAsync(tenant, World.Cancellation);
        _clock.Advance(RecentTenantFacts.RefreshAge + TimeSpan.FromSeconds(1));
        var reading = new TaskCompletionSource<TenantFacts>();
        _directory.Setup(d => d.ReadTenantFactsAsync(tenant, It.IsAny<CancellationToken>())).Returns(reading.Task);

        var refreshing = _facts.ReadAsync(tenant, World.Cancellation);
        var meanwhile = _facts.ReadAsync(tenant, World.Cancellation);
        _clock.Advance(RecentTenantFacts.MaxAge - RecentTenantFacts.RefreshAge);
        var tooLate = _facts.ReadAsync(tenant, World.Cancellation);

        Assert.Equal((false, true, false), (refreshing.IsCompleted, meanwhile.IsCompletedSuccessfully, tooLate.IsCompleted));
        var anew = Samples.Facts with { UserCount = Reading.Known(7) };
        reading.SetResult(anew);
        Assert.Same(anew, await refreshing);
        Assert.Same(anew, await tooLate);
        AssertReads(2);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public async Task ReadAsync_CannotBeReadAnew_GoesByTheOldOnesUntilTheyAreTooOld(int seconds, bool isUsable)
    {
        var tenant = Samples.NewTenant();
        await _facts.ReadAsync(tenant, World.Cancellation);
        _directory
            .Setup(d => d.ReadTenantFactsAsync(tenant, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new DirectoryUnavailableException("503"));
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        var again = _facts.ReadAsync(tenant, World.Cancellation);

        if (isUsable)
        {
            Assert.Same(Samples.Facts, await again);
        }
        else
        {
            await Assert.ThrowsAsync<DirectoryUnavailableException>(() => again);
        }

        AssertReads(2);
    }

    [Fact]
    public async Task ReadAsync_AnotherTenantOrOtherSettings_ReadsAgain()
    {
        var tenant = Samples.NewTenant();
        await _facts.ReadAsync(tenant, World.Cancellation);
        await _facts.ReadAsync(Samples.NewTenant(), World.Cancellation);
        await _facts.ReadAsync(tenant with { ChangedAt = Samples.Now.AddTicks(1) }, World.Cancellation);

        AssertReads(3);
    }

    [Fact]
    public async Task ReadAsync_ReadFailedWhileOthersStoodInLine_FailsForAllOfThem()
    {
        var tenant = Samples.NewTenant();
        var reading = new TaskCompletionSource<TenantFacts>();
        _directory.Setup(d => d.ReadTenantFactsAsync(tenant, It.IsAny<CancellationToken>())).Returns(reading.Task);
        List<Task<TenantFacts>> clears = [.. Enumerable.Range(0, 3).Select(_ => _facts.ReadAsync(tenant, World.Cancellation))];

        reading.SetException(new DirectoryUnavailableException("429") { RetryAfter = TimeSpan.FromSeconds(7) });

        foreach (var clear in clears)
        {
            Assert.Equal(TimeSpan.FromSeconds(7), (await Assert.ThrowsAsync<DirectoryUnavailableException>(() => clear)).RetryAfter);
        }

        AssertReads(1);
    }

    [Fact]
    public async Task ReadAsync_ReadFailed_IsTriedAgainByTheNext()
    {
        var tenant = Samples.NewTenant();
        _directory
            .SetupSequence(d => d.ReadTenantFactsAsync(It.IsAny<Tenant>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new DirectoryUnavailableException("503"))
            .ReturnsAsync(Samples.Facts);

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _facts.ReadAsync(tenant, World.Cancellation));

        Assert.Same(Samples.Facts, await _facts.ReadAsync(tenant, World.Cancellation));
    }

    [Fact]
    public async Task ReadAsync_DirectoryFailedAtOneOfThem_IsAFaultAndIsNotKept()
    {
        var tenant = Samples.NewTenant();
        _directory
            .SetupSequence(d => d.ReadTenantFactsAsync(It.IsAny<Tenant>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Samples.Facts with { ProtectedGroupMembers = Reading.Failed<IReadOnlySet<Guid>>("Graph answered 502") })
            .ReturnsAsync(Samples.Facts);

        var fault = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _facts.ReadAsync(tenant, World.Cancellation));

        Assert.Equal("Graph answered 502", fault.Message);
        Assert.Same(Samples.Facts, await _facts.ReadAsync(tenant, World.Cancellation));
    }

    private void AssertReads(int count) => _directory.Verify(
        d => d.ReadTenantFactsAsync(It.IsAny<Tenant>(), It.IsAny<CancellationToken>()), Times.Exactly(count));
}
