using Microsoft.Extensions.Configuration;
using Reanchor.LocalHost;
using Reanchor.LocalHost.Hosting;
using Xunit;

namespace Reanchor.UnitTests.LocalHost;

public sealed class LocalSettingsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"local-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void AddLocalSettings_Values_AreSettings()
    {
        var configuration = Read("""
            {
              "IsEncrypted": false,
              "Values": { "DataStorage": "UseDevelopmentStorage=true", "Graph__Credential": "None", "Reanchor__Paused": true, /* a comment */ },
              "Host": { "LocalHttpPort": 7071 }
            }
            """);

        Assert.Equal("UseDevelopmentStorage=true", configuration["DataStorage"]);
        Assert.Equal("None", configuration["Graph:Credential"]);
        Assert.True(configuration.GetValue<bool>("Reanchor:Paused"));
        Assert.Null(configuration["LocalHttpPort"]);
    }

    [Fact]
    public void AddLocalSettings_EnvironmentVariable_WinsOverTheFile()
    {
        var name = $"Reanchor{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable($"{name}__Inner", "from the environment");

        try
        {
            var configuration = Read($$"""{ "Values": { "{{name}}__Inner": "from the file" } }""");

            Assert.Equal("from the environment", configuration[$"{name}:Inner"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable($"{name}__Inner", null);
        }
    }

    [Fact]
    public void AddLocalSettings_NoFile_LeavesTheEnvironment()
    {
        var configuration = new ConfigurationBuilder().AddLocalSettings(_path).Build();

        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), configuration["PATH"]);
    }

    [Theory]
    [InlineData("{ \"Values\": ", "cannot be read")]
    [InlineData("[]", "it must be a JSON object")]
    [InlineData("""{ "Values": [] }""", "\"Values\" must be a JSON object")]
    [InlineData("""{ "Values": { "Graph": { "Credential": "None" } } }""", "the value of \"Graph\" must be a text")]
    [InlineData("""{ "IsEncrypted": true, "Values": {} }""", "func settings decrypt")]
    public void AddLocalSettings_MalformedFile_NamesThePathAndTheCure(string text, string expected)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read(text));

        Assert.StartsWith(_path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private IConfigurationRoot Read(string text)
    {
        File.WriteAllText(_path, text);
        return new ConfigurationBuilder().AddLocalSettings(_path).Build();
    }
}
