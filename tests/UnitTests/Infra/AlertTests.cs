using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Reanchor.Adapters;
using Reanchor.Contracts;
using Reanchor.Functions;

namespace Reanchor.UnitTests.Infra;

/// <summary>The queries of infra/alerts.bicep beside the log events of the code.</summary>
public sealed partial class AlertTests
{
    private static readonly ILookup<int, (MethodInfo Method, LoggerMessageAttribute Message)> Events =
        new[] { typeof(CoreServices), typeof(AdapterServices), typeof(Composition) }
            .SelectMany(type => type.Assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (method, method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(pair => pair.Item2 is not null)
            .ToLookup(pair => pair.Item2.EventId);

    [Fact]
    public void EventIds_OfTheCode_AreEachUsedOnce()
    {
        Assert.NotEmpty(Events);
        Assert.All(Events, id => Assert.Single(id));
    }

    [Fact]
    public async Task Queries_EventIds_AreThoseOfTheCode() =>
        Assert.All(await QueriesAsync(), query =>
        {
            var ids = Ids(query.Value).ToList();
            Assert.NotEmpty(ids);
            Assert.All(ids, id => Assert.True(Events.Contains(id), $"{query.Key} asks for event {id}, which nothing logs."));
        });

    /// <summary>Whatever the code calls an error wakes somebody up.</summary>
    [Fact]
    public async Task Errors_OfTheCode_AreInAnAlert()
    {
        var watched = (await QueriesAsync()).Values.SelectMany(Ids).ToHashSet();

        var unwatched = Events.SelectMany(id => id)
            .Where(e => e.Message.Level >= LogLevel.Error && !watched.Contains(e.Message.EventId))
            .Select(e => $"{e.Message.EventId} {e.Method.Name}");

        Assert.True(!unwatched.Any(), $"No alert of infra/alerts.bicep asks for {string.Join(", ", unwatched)}.");
    }

    /// <summary>What nothing cures by itself, though the code did as it should.</summary>
    [Theory]
    [InlineData(3003)]
    [InlineData(4011)]
    [InlineData(4012)]
    public async Task Events_ThatNeedAPerson_AreInAnAlert(int id)
    {
        Assert.True(Events.Contains(id));
        Assert.Contains(id, (await QueriesAsync()).Values.SelectMany(Ids));
    }

    [Fact]
    public async Task Alerts_OfTheTemplate_HaveAChapterEachInOperations()
    {
        var template = await Deployment.ReadAsync();
        var chapters = Chapters().Matches(await File.ReadAllTextAsync(Repository.Path("docs/operations.md"), TestContext.Current.CancellationToken))
            .Select(match => match.Groups[1].Value);

        var alerts = template.OfType("Microsoft.Insights/scheduledQueryRules").Concat(template.OfType("Microsoft.Insights/metricAlerts"))
            .Select(alert => Deployment.AlertName(alert));

        Assert.Equal(alerts.Order(), chapters.Order());
    }

    /// <summary>A new installation has no tenant to scan, and whoever sets it up should not learn to ignore its mails.</summary>
    [Fact]
    public async Task NoScan_WhileItLasts_MailsOnceADay()
    {
        var rules = (await Deployment.ReadAsync()).OfType("Microsoft.Insights/scheduledQueryRules")
            .ToDictionary(Deployment.AlertName, rule => rule.GetProperty("properties"));

        Assert.Equal("P1D", rules["no-scan"].GetProperty("muteActionsDuration").GetString());

        // Azure refuses a rule that has both.
        Assert.All(rules, rule => Assert.False(rule.Value.GetProperty("autoMitigate").GetBoolean(), rule.Key));
    }

    private static async Task<Dictionary<string, string>> QueriesAsync() => (await Deployment.ReadAsync())
        .OfType("Microsoft.Insights/scheduledQueryRules")
        .ToDictionary(Deployment.AlertName, rule => rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0]
            .GetProperty("query").GetString()!);

    private static IEnumerable<int> Ids(string query) => EventIds().Matches(query)
        .SelectMany(match => match.Groups["id"].Value.Split(','))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"EventId (== |in \()(?<id>[\d, ]+)")]
    private static partial Regex EventIds();

    [GeneratedRegex("^### `([-a-z]+)`", RegexOptions.Multiline)]
    private static partial Regex Chapters();
}
