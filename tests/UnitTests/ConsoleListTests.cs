using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Diagnosis;
using Reanchor.Proposals;
using Reanchor.Reporting;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests;

/// <summary>What the console knows by heart is compared with the code: a member that it lacks would be missing on the page.</summary>
public sealed partial class ConsoleListTests
{
    [Fact]
    public void Events_Script_NamesEveryAuditEvent() =>
        Assert.Equal(AuditEvent.Types.Order(), Keys("events.js").Order());

    [Fact]
    public void Classes_Script_NamesEveryClass() =>
        Assert.Equal(Enum.GetNames<Classification>().Order(), Keys("classes.js").Order());

    [Fact]
    public void Classes_Script_SaysWhatAReportSays() => Assert.All(Enum.GetValues<Classification>(), classification =>
    {
        var words = ClassificationWords.Of(classification);
        Assert.Matches(
            $"  {classification}: {Regex.Escape($"['{words.Label}', '")}[a-z]+{Regex.Escape($"', '{words.Means}', '{words.WhatToDo}'],")}",
            Script("classes.js").Replace("\\'", "'", StringComparison.Ordinal));
    });

    [Fact]
    public void Statuses_Script_NamesEveryStatusOfAProposal() =>
        Assert.Equal(Enum.GetNames<ProposalStatus>().Select(JsonNamingPolicy.CamelCase.ConvertName).Order(), Keys("status.js").Order());

    [Fact]
    public void Statuses_Script_SaysWhatAReportSays() => Assert.All(Enum.GetValues<ProposalStatus>(), status => Assert.Contains(
        $"', '{WhatRemains.LabelOf(status)}', '", Line("status.js", JsonNamingPolicy.CamelCase.ConvertName($"{status}")), StringComparison.Ordinal));

    [Fact]
    public void Predictions_Script_NamesEveryPrediction() =>
        Assert.All(Enum.GetNames<Prediction>(), name => Assert.Contains($"  {name}: '", Script("risk.js"), StringComparison.Ordinal));

    [Fact]
    public void Errors_Script_NamesEverySyncError() =>
        Assert.All(DiagnoseUserHandler.ErrorNames, name => Assert.Contains($"'{name}'", Script("error-mail.js"), StringComparison.Ordinal));

    [Fact]
    public void Risk_Script_KnowsTheWarningOfEveryMatch() =>
        Assert.Contains(MatchWarnings.OfEveryMatch, Script("risk.js").Replace("\\'", "'", StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public void Policy_Script_HasEveryMemberWithItsRange()
    {
        var shown = PolicyMember().Matches(Script("policy.js")).Select(found =>
            (found.Groups["name"].Value, found.Groups["min"].Value, found.Groups["max"].Value));

        var actual = typeof(TenantPolicy).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property =>
        {
            var range = property.GetCustomAttribute<RangeAttribute>();
            return (JsonNamingPolicy.CamelCase.ConvertName(property.Name), Text(range?.Minimum), Text(range?.Maximum));
        });

        Assert.Equal(actual.Order(), shown.Order());

        static string Text(object? bound) => Convert.ToString(bound, CultureInfo.InvariantCulture) ?? "";
    }

    private static string Script(string name) => File.ReadAllText(Repository.Path($"src/Console/model/{name}"));

    private static string Line(string name, string member) =>
        Script(name).Split('\n').Single(line => line.StartsWith($"  {member}: ", StringComparison.Ordinal));

    /// <summary>The members of a script's table, each with an array.</summary>
    private static IEnumerable<string> Keys(string name) => Member().Matches(Script(name)).Select(found => found.Groups[1].Value);

    [GeneratedRegex(@"(?<=[{,]\s+|^  )([A-Za-z]+): \['", RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex(@"\['(?<name>[a-z][A-Za-z]+)', '[^\n]*?', \{ (?:unit: '[^']+', min: (?<min>\d+), max: (?<max>\d+)|options|flag|list|text)")]
    private static partial Regex PolicyMember();
}
