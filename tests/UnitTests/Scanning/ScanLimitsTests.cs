using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

public sealed class ScanLimitsTests
{
    private static readonly Tenant Tenant = Samples.NewTenant();
    private static readonly InventoryCoverage Covered = new() { InForce = [], Gaps = [], Doubts = [] };

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(50, 100, null)]
    [InlineData(51, 100, "51 of 100 users")]
    [InlineData(1, 1, "1 of 1 users")]
    [InlineData(1, 0, "1 of 0 users")]
    [InlineData(100, 1000, null)]
    [InlineData(101, 1000, "maxProposalsPerScan")]
    public void Halt_Candidates_AreCapped(int candidates, int users, string? reason) =>
        AssertHalt(HaltKind.Cap, reason, Halt(candidates, Samples.Facts with { UserCount = Reading.Known(users) }, Covered));

    [Theory]
    [InlineData(51, 100)]
    [InlineData(101, 1000)]
    public void Halt_ResumedScan_IsNotCappedAgain(int candidates, int users) => Assert.Null(
        Halt(candidates, Samples.Facts with { UserCount = Reading.Known(users) }, Covered, new(Samples.Anton, Samples.Now, "counted")));

    [Fact]
    public void Halt_ResumedScanWithoutInventories_HaltsAgain()
    {
        var gaps = new InventoryCoverage { InForce = [], Gaps = ["No inventory from collector corp."], Doubts = [] };

        AssertHalt(HaltKind.EvidenceMissing, "corp", Halt(1, Samples.Facts, gaps, new(Samples.Anton, Samples.Now, "counted")));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "could not be counted: 403")]
    public void Halt_UserCountUnknown_HaltsWhereThereAreCandidates(int candidates, string? reason) =>
        AssertHalt(HaltKind.EvidenceMissing, reason, Halt(candidates, Samples.Facts with { UserCount = Reading.Unknown<int>("403") }, Covered));

    [Fact]
    public void Halt_HugeTenant_DoesNotOverflow() =>
        Assert.Null(Halt(100, Samples.Facts with { UserCount = Reading.Known(int.MaxValue) }, Covered));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Halt_InventoriesMissing_NamesEveryGap(int candidates)
    {
        var gaps = new InventoryCoverage { InForce = [], Gaps = ["No inventory from collector corp.", "No inventory from collector emea."], Doubts = [] };

        Assert.Equal(
            new ScanHalt(HaltKind.EvidenceMissing, "No inventory from collector corp. No inventory from collector emea."),
            Halt(candidates, Samples.Facts, gaps));
    }

    [Fact]
    public void ReportOnlyReason_AllIsWell_IsNone() => Assert.Null(ReportOnly(Tenant, TenantMode.Propose, Samples.Facts.Sync));

    [Fact]
    public void ReportOnlyReason_ScanAskedToReport_Reports() =>
        AssertReason("asked to report only", ReportOnly(Tenant, TenantMode.Report, Samples.Facts.Sync));

    [Fact]
    public void ReportOnlyReason_TenantPutInReportModeMeanwhile_Reports() => AssertReason(
        "in report mode", ReportOnly(Tenant with { Mode = TenantMode.Report }, TenantMode.Propose, Samples.Facts.Sync));

    [Fact]
    public void ReportOnlyReason_SyncUnknown_Reports() => AssertReason(
        "could not be read: 403", ReportOnly(Tenant, TenantMode.Propose, Reading.Unknown<OrganisationSync>("403")));

    [Theory]
    [InlineData(true, 24, null)]
    [InlineData(true, 25, "The last directory sync was 2026-11-21 08:00:00Z.")]
    [InlineData(true, null, "never")]
    [InlineData(false, 0, "is off")]
    [InlineData(null, 0, "is off")]
    public void ReportOnlyReason_SyncOffOrStopped_Reports(bool? enabled, int? hoursAgo, string? reason) => AssertReason(
        reason,
        ReportOnly(
            Tenant,
            TenantMode.Propose,
            Reading.Known(new OrganisationSync(enabled, hoursAgo is { } hours ? Samples.Now.AddHours(-hours) : null))));

    private static ScanHalt? Halt(
        int candidates, TenantFacts facts, InventoryCoverage coverage, ScanResumption? resumption = null) => ScanLimits.Halt(
        Tenant.Policy,
        Samples.NewScan(Tenant.Id).Advance(1, null, candidates, Enumerable.Repeat(Classification.Candidate, candidates), Samples.Now) with
        {
            Resumption = resumption,
        },
        facts,
        coverage);

    private static string? ReportOnly(Tenant tenant, TenantMode asked, Reading<OrganisationSync> sync) => ScanLimits.ReportOnlyReason(
        tenant, Samples.NewScan(tenant.Id) with { Mode = asked }, Samples.Facts with { Sync = sync }, Samples.Now);

    private static void AssertHalt(HaltKind kind, string? reason, ScanHalt? halt)
    {
        AssertReason(reason, halt?.Reason);
        Assert.Equal(reason is null ? null : kind, halt?.Kind);
    }

    private static void AssertReason(string? expected, string? actual)
    {
        if (expected is null)
        {
            Assert.Null(actual);
        }
        else
        {
            Assert.Contains(expected, actual, StringComparison.Ordinal);
        }
    }
}
