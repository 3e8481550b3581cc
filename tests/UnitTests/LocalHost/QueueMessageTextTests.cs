using System.Text;
using System.Text.Json;
using Reanchor.LocalHost.Hosting;
using Xunit;

namespace Reanchor.UnitTests.LocalHost;

public sealed class QueueMessageTextTests
{
    [Fact]
    public void Read_Json_IgnoresTheCaseOfNames()
    {
        var value = QueueMessageText.Read(Encode("""{"NUMBER":7,"text":"ü"}"""), ParameterOf(nameof(TakesJson)));

        Assert.Equal(new Message(7, "ü"), value);
    }

    [Fact]
    public void Read_String_IsTheDecodedText() =>
        Assert.Equal("not json: ü", QueueMessageText.Read(Encode("not json: ü"), ParameterOf(nameof(TakesText))));

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("")]
    public void Read_NoJsonOfTheType_Throws(string text) =>
        Assert.Throws<JsonException>(() => QueueMessageText.Read(Encode(text), ParameterOf(nameof(TakesJson))));

    [Fact]
    public void Read_NoBase64_Throws() =>
        Assert.Throws<FormatException>(() => QueueMessageText.Read("{\"number\":7}", ParameterOf(nameof(TakesText))));

    [Fact]
    public void ForPoison_Base64_IsLeftAsItIs() =>
        Assert.Equal(Encode("{"), QueueMessageText.ForPoison(Encode("{")));

    [Fact]
    public void ForPoison_Junk_CanBeReadByThePoisonFunction() =>
        Assert.Equal("<junk ü>", QueueMessageText.Read(QueueMessageText.ForPoison("<junk ü>"), ParameterOf(nameof(TakesText))));

    [Fact]
    public void ForPoison_LargestJunk_StillFitsIntoAMessage() =>
        Assert.Equal(64 * 1024, QueueMessageText.ForPoison(new string('!', 64 * 1024)).Length);

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static System.Reflection.ParameterInfo ParameterOf(string method) =>
        typeof(QueueMessageTextTests).GetMethod(method, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.GetParameters()[0];

    private static void TakesJson(Message message) => _ = message;

    private static void TakesText(string message) => _ = message;

    private sealed record Message(int Number, string Text);
}
