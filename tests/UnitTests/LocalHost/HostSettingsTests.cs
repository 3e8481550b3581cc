using Reanchor.Contracts;
using Reanchor.LocalHost;
using Reanchor.LocalHost.Hosting;
using Xunit;

namespace Reanchor.UnitTests.LocalHost;

public sealed class HostSettingsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"host-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Read_ShippedFile_TakesItsValues()
    {
        var settings = HostSettings.Read(Repository.Path("host.json"));

        Assert.Equal("api", settings.RoutePrefix);
        Assert.InRange(settings.Queues.BatchSize, 1, 32);
        Assert.True(settings.Queues.VisibilityTimeout > TimeSpan.Zero);
    }

    [Fact]
    public void Read_EveryValueSet_TakesThem()
    {
        var settings = Read("""
            { // the Functions host allows comments too
              "version": "2.0",
              "extensions": {
                "http": { "routePrefix": "/v1/api/" },
                "queues": { "batchSize": 32, "newBatchThreshold": 0, "maxDequeueCount": 3, "visibilityTimeout": "00:00:07", "maxPollingInterval": "00:00:02", "messageEncoding": "Base64" },
              }
            }
            """);

        Assert.Equal(
            new HostSettings
            {
                RoutePrefix = "v1/api",
                Queues = new()
                {
                    BatchSize = 32,
                    NewBatchThreshold = 0,
                    MaxDequeueCount = 3,
                    VisibilityTimeout = TimeSpan.FromSeconds(7),
                    MaxPollingInterval = TimeSpan.FromSeconds(2),
                },
            },
            settings);
    }

    [Fact]
    public void Read_NothingSet_TakesTheDefaultsOfTheFunctionsHost()
    {
        var settings = Read("""{ "version": "2.0" }""");

        Assert.Equal(new HostSettings(), settings);
        Assert.Equal(settings.Queues.BatchSize / 2, settings.Queues.NewBatchThreshold);
    }

    [Theory]
    [InlineData("""{ "batchSize": 0 }""", "extensions.queues.batchSize must be a whole number from 1 to 32")]
    [InlineData("""{ "batchSize": 33 }""", "extensions.queues.batchSize must be a whole number from 1 to 32")]
    [InlineData("""{ "batchSize": "8" }""", "extensions.queues.batchSize must be a whole number from 1 to 32")]
    [InlineData("""{ "newBatchThreshold": -1 }""", "extensions.queues.newBatchThreshold must be a whole number from 0")]
    [InlineData("""{ "maxDequeueCount": 0 }""", "extensions.queues.maxDequeueCount must be a whole number from 1")]
    [InlineData("""{ "visibilityTimeout": "-00:00:01" }""", "extensions.queues.visibilityTimeout must be a time from \"00:00:00\"")]
    [InlineData("""{ "visibilityTimeout": 30 }""", "extensions.queues.visibilityTimeout must be a time")]
    [InlineData("""{ "maxPollingInterval": "00:00:00.05" }""", "extensions.queues.maxPollingInterval must be a time from \"00:00:00.1000000\"")]
    [InlineData("""{ "messageEncoding": "none" }""", "extensions.queues.messageEncoding must be \"base64\"")]
    [InlineData("[]", "extensions.queues must be a JSON object")]
    public void Read_ValueOutOfRange_SaysWhatToSet(string queues, string expected)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read($$"""{ "version": "2.0", "extensions": { "queues": {{queues}} } }"""));

        Assert.StartsWith(_path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "version must be \"2.0\"")]
    [InlineData("[]", "the file must be a JSON object")]
    [InlineData("{ \"version\": ", "cannot be read")]
    public void Read_NoHostFile_SaysSo(string text, string expected)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read(text));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_NamesIt()
    {
        var refusal = Assert.Throws<StartRefusedException>(() => HostSettings.Read(_path));

        Assert.Contains($"{_path} is missing", refusal.Message, StringComparison.Ordinal);
    }

    private HostSettings Read(string text)
    {
        File.WriteAllText(_path, text);
        return HostSettings.Read(_path);
    }
}
