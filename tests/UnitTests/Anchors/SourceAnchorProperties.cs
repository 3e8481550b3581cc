using FsCheck;
using FsCheck.Fluent;
using Reanchor.Anchors;
using Reanchor.Inventories;

namespace Reanchor.UnitTests.Anchors;

public sealed class SourceAnchorProperties
{
    /// <summary>Pairs as AD and Entra show them; the first is the sample of Microsoft's article on sync errors.</summary>
    [Theory]
    [InlineData("897485c7-81a7-42eb-97c6-37ed73077b1f", "x4V0iaeB60KXxjftcwd7Hw==", "c7 85 74 89 a7 81 eb 42 97 c6 37 ed 73 07 7b 1f")]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964ff", "/xmWb4aLEdC0LQDAT8lk/w==", "FF-19-96-6F-86-8B-11-D0-B4-2D-00-C0-4F-C9-64-FF")]
    public void FromGuid_KnownSample_IsTheAnchorThatSyncWrites(string objectGuid, string anchor, string bytes)
    {
        var value = Guid.Parse(objectGuid);

        Assert.Equal(anchor, SourceAnchor.FromGuid(value).Value);
        Assert.True(new SourceAnchor(anchor).TryGetGuid(out var back));
        Assert.Equal(value, back);
        Assert.Null(AttributeText.ReadBinaryGuid(bytes, out var fromBytes));
        Assert.Equal(value, fromBytes);
    }

    [Fact]
    public void FromGuid_AnyGuid_ComesBackAndIsTheOnlyTextForIt() => Holds(
        ArbMap.Default.GeneratorFor<Guid>(),
        value =>
        {
            var anchor = SourceAnchor.FromGuid(value);
            return anchor.TryGetGuid(out var back)
                && back == value
                && anchor.Value.Length == 24
                && anchor.Value.EndsWith("==", StringComparison.Ordinal)
                && Convert.FromBase64String(anchor.Value).AsSpan().SequenceEqual(value.ToByteArray());
        });

    [Fact]
    public void ReadBinaryGuid_EveryFormOfAGuid_IsTheSameGuid() => Holds(
        ArbMap.Default.GeneratorFor<Guid>(),
        value => new[]
        {
            value.ToString("D"), value.ToString("B"), SourceAnchor.FromGuid(value).Value, BitConverter.ToString(value.ToByteArray()),
        }.All(form => AttributeText.ReadBinaryGuid(form, out var read) is null && read == value));

    [Fact]
    public void TryGetGuid_AnyText_IsAGuidOnlyInTheOneForm() => Holds(
        from text in ArbMap.Default.GeneratorFor<string>()
        where !string.IsNullOrEmpty(text)
        select text,
        text => !new SourceAnchor(text).TryGetGuid(out var value) || SourceAnchor.FromGuid(value).Value == text);

    [Fact]
    public void TryGetGuid_OneCharacterChanged_IsAnotherGuidOrNone() => Holds(
        from value in ArbMap.Default.GeneratorFor<Guid>()
        from at in Gen.Choose(0, 23)
        from letter in Gen.Elements("ABCwxyz0189+/=_- ".ToCharArray())
        let anchor = SourceAnchor.FromGuid(value).Value
        where anchor[at] != letter
        select (Value: value, Text: $"{anchor[..at]}{letter}{anchor[(at + 1)..]}"),
        changed => !new SourceAnchor(changed.Text).TryGetGuid(out var value) || value != changed.Value);

    private static void Holds<T>(Gen<T> gen, Func<T, bool> property) =>
        Prop.ForAll(gen.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
