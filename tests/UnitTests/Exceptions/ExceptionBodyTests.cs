using System.Text.Json;
using Reanchor.Contracts;
using Reanchor.Functions.Exceptions;
using Reanchor.Json;

namespace Reanchor.UnitTests.Exceptions;

public sealed class ExceptionBodyTests
{
    [Theory]
    [InlineData("desk", "moving", "2026-11-22T09:00:01Z", null)]
    [InlineData("desk", "moving", "2028-11-22T09:00:00Z", null)]
    [InlineData("desk", "moving", "2026-11-22T09:00:00Z", "expiresAt")]
    [InlineData("desk", "moving", "2026-11-22T10:30:00+02:00", "expiresAt")]
    [InlineData("desk", "moving", "2028-11-22T09:00:01Z", "expiresAt")]
    [InlineData(" ", "moving", "2027-01-01T00:00:00Z", "owner")]
    [InlineData("desk", "  ", "2027-01-01T00:00:00Z", "reason")]
    public void Check_Body_NamesWhatIsWrong(string owner, string reason, string expiresAt, string? field)
    {
        var errors = Read($$"""{"owner":"{{owner}}","reason":"{{reason}}","expiresAt":"{{expiresAt}}"}""").Check(Samples.Now);

        Assert.Equal(field is null ? [] : [field], errors.Select(e => e.Field));
    }

    [Fact]
    public void Check_EverythingWrong_NamesEverything()
    {
        var errors = Read($$"""{"owner":"{{new string('x', 257)}}","reason":"{{new string('x', 2001)}}","expiresAt":"2020-01-01T00:00:00Z"}""")
            .Check(Samples.Now);

        Assert.Equal(["owner", "reason", "expiresAt"], errors.Select(e => e.Field));
    }

    [Theory]
    [InlineData("""{"owner":"desk","reason":"moving"}""")]
    [InlineData("""{"owner":"desk","expiresAt":"2027-01-01T00:00:00Z"}""")]
    [InlineData("""{"reason":"moving","expiresAt":"2027-01-01T00:00:00Z"}""")]
    [InlineData("""{"owner":"desk","reason":"moving","expiresAt":"in spring"}""")]
    [InlineData("""{"owner":"desk","reason":"moving","expiresAt":"2027-01-01T00:00:00Z","until":"spring"}""")]
    public void Body_MemberMissingOrUnknown_IsRefused(string json) => Assert.Throws<JsonException>(() => Read(json));

    private static ExceptionBody Read(string json) => JsonSerializer.Deserialize<ExceptionBody>(json, ReanchorJson.Strict)!;
}
