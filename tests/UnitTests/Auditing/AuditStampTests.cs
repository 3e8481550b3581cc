using Microsoft.Extensions.Options;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Sealing;

namespace Reanchor.UnitTests.Auditing;

public sealed class AuditStampTests
{
    private static readonly string OtherKey = Convert.ToBase64String(new byte[32]);

    private readonly AuditEntry _entry = Samples.AuditStamp.Put(
        AuditEntry.Of(new ProposalExpired(new(Samples.NewTenantId(), Samples.Now, Samples.Olga) { Reason = "because" })));

    [Fact]
    public void Fits_AsWritten_IsTrueAndTheHashDoesNotCoverTheStamp()
    {
        Assert.True(Samples.AuditStamp.Fits(_entry));
        Assert.Equal(_entry.Hash, _entry.ComputeHash());
    }

    [Fact]
    public void Fits_SealWithTheStampOfAnEvent_IsFalse()
    {
        var seal = SealDocument.Over([], new()
        {
            Tenant = _entry.Tenant,
            Sequence = 1,
            Previous = "",
            SealedAt = Samples.Now,
            Until = Samples.Now,
            SweptAt = Samples.Now,
            Count = 0,
            Root = "",
        }).Seal;

        Assert.True(Samples.AuditStamp.Fits(Samples.AuditStamp.Put(seal)));
        Assert.Equal(seal.Hash, Samples.AuditStamp.Put(seal).ComputeHash());
        Assert.False(Samples.AuditStamp.Fits(seal));
        Assert.False(Samples.AuditStamp.Fits(seal with { Stamp = Samples.AuditStamp.Put(_entry with { Hash = seal.Hash }).Stamp! }));
    }

    [Fact]
    public void Fits_ChangedWithItsHash_IsFalse()
    {
        var changed = _entry with { Reason = "something else" };

        Assert.False(Samples.AuditStamp.Fits(changed with { Hash = changed.ComputeHash() }));
        Assert.False(Samples.AuditStamp.Fits(changed));
        Assert.False(Samples.AuditStamp.Fits(_entry with { Stamp = null }));
        Assert.False(Samples.AuditStamp.Fits(_entry with { Stamp = "" }));
    }

    [Fact]
    public void Fits_KeyReplaced_HoldsAsLongAsThePreviousOneIsKnown()
    {
        Assert.True(new AuditStamp(Options.Create(new AuditOptions { Key = OtherKey, PreviousKey = Samples.AuditKey })).Fits(_entry));
        Assert.False(new AuditStamp(Options.Create(new AuditOptions { Key = OtherKey })).Fits(_entry));
    }

    [Theory]
    [InlineData("", "", "Audit__Key is not set")]
    [InlineData("not Base64, whatever its length may be", "", "Audit__Key is not a key")]
    [InlineData("c2hvcnQ=", "", "Audit__Key is not a key")]
    [InlineData(null, "c2hvcnQ=", "Audit__PreviousKey is not a key")]
    public void Validate_NoKey_SaysWhatToSet(string? key, string previous, string mentions)
    {
        var result = new AuditOptionsValidator().Validate(null, new() { Key = key ?? OtherKey, PreviousKey = previous });

        Assert.True(result.Failed);
        Assert.Contains(mentions, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Key_IsAccepted() => Assert.True(new AuditOptionsValidator().Validate(null, new() { Key = OtherKey }).Succeeded);
}
