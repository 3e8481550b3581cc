using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Reanchor.Access;
using Reanchor.Adapters.Storage;
using Reanchor.Adapters.Tables;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Diagnosis;
using Reanchor.Functions;
using Reanchor.Functions.Access;
using Reanchor.Json;
using Reanchor.LocalHost.Hosting;
using Reanchor.Preflight;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.UnitTests;

/// <summary>Documents that list what the code has are compared with it, both ways.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Repository.Path("docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Path(""), file).Replace('\\', '/')),
    ];

    [Fact]
    public void AuditEvents_Document_ListsEveryEventWithItsDetails()
    {
        var documented = Rows("docs/audit-events.md").ToDictionary(
            cells => cells[0].Trim('`'), cells => cells[2].Split(", ", StringSplitOptions.RemoveEmptyEntries).Order().ToList());

        var actual = typeof(AuditEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(AuditEvent)))
            .ToDictionary(type => type.Name, type => type
                .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..])
                .Order()
                .ToList());

        Assert.Equal(actual.Keys.Order(), documented.Keys.Order());
        Assert.All(actual, pair => Assert.Equal(pair.Value, documented[pair.Key]));
    }

    [Fact]
    public void Tables_Document_NamesEveryTableQueueAndContainer()
    {
        var named = Rows("docs/tables.md").Select(cells => cells[0].Trim('`')).Where(name => name.Length > 0);

        Assert.Equal(
            [.. TableNames.All.Concat(StorageSetup.Queues).Concat(StorageSetup.Containers).Order()], named.Order());
        Assert.All(
            Rows("docs/tables.md").Where(cells => cells[0].StartsWith("`reanchor-", StringComparison.Ordinal)),
            cells => Assert.Equal($"`{cells[0].Trim('`')}{QueueNames.PoisonSuffix}`", cells[2]));
    }

    [Fact]
    public void Policy_Document_ListsEveryMemberWithItsDefaultAndRange()
    {
        var documented = Rows("docs/policy.md").Select(cells => (cells[0].Trim('`'), cells[1].Trim('`'), cells[2]));
        var defaults = JsonSerializer.SerializeToElement(TenantPolicy.Default, ReanchorJson.Options);

        var actual = typeof(TenantPolicy).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property =>
        {
            var member = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var allowed = property.GetCustomAttribute<RangeAttribute>() is { } range
                ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
                : property.GetCustomAttribute<MaxLengthAttribute>() is { } length
                    ? $"at most {length.Length} {(property.PropertyType == typeof(IReadOnlyList<Guid>) ? "ids" : "addresses")}"
                    : "";
            return (member, defaults.GetProperty(member).GetRawText(), allowed);
        });

        Assert.Equal(actual.Order(), documented.Order());
    }

    [Fact]
    public void Permissions_Document_ListsEachWithItsPurposeAndItsPrice() => Assert.Equal(
        DirectoryPermissions.All.Select(p => ($"`{p.Name}`", string.Join(", ", p.Uses).ToLowerInvariant(), p.NeededFor, p.Without)),
        Rows("docs/permissions.md").Where(cells => cells.Length == 4).Select(cells => (cells[0], cells[1], cells[2], cells[3])));

    [Fact]
    public void Permissions_Readme_NamesEach()
    {
        var readme = File.ReadAllText(Repository.Path("README.md"));

        Assert.All(DirectoryPermissions.All, p => Assert.Contains($"`{p.Name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Security_Document_ListsEveryRouteWithItsRoles()
    {
        var access = FunctionAccess.Of(typeof(Composition).Assembly);

        var actual = FunctionCatalog.Read(typeof(Composition).Assembly).Http.SelectMany(function => function.Verbs.Select(verb =>
            ($"{verb} /{function.Route}", access.RuleOf(function.Name)! is { NeedsSignIn: true } rule
                ? string.Join(", ", rule.Roles.Order())
                : "nobody need sign in")));

        Assert.Equal(
            actual.Order(),
            Rows("docs/security.md").Where(cells => cells.Length == 2)
                .Select(cells => (cells[0].Trim('`'), string.Join(", ", cells[1].Split(", ").OrderBy(RoleOrder)))).Order());

        static int RoleOrder(string name) => Enum.TryParse<Role>(name, out var role) ? (int)role : -1;
    }

    [Fact]
    public void Security_Document_SaysWhomEachRoleIsFor()
    {
        var documented = Rows("docs/security.md").Where(cells => cells.Length == 3).Select(cells => (cells[0].Trim('`'), cells[1]));

        Assert.Equal(
            Enum.GetValues<Role>().Select(role => ($"{role}", string.Join(", ", new[] { ActorKind.Person, ActorKind.Application }
                .Where(kind => role.IsFor(kind)).Select(kind => $"{kind}".ToLowerInvariant())))),
            documented);
    }

    [Fact]
    public void AppRoles_Descriptions_AreThoseOfTheSecurityDocument()
    {
        using var roles = JsonDocument.Parse(File.ReadAllText(Repository.Path("infra/app-roles.json")));

        Assert.Equal(
            Rows("docs/security.md").Where(cells => cells.Length == 3).Select(cells => (cells[0].Trim('`'), $"{char.ToUpperInvariant(cells[2][0])}{cells[2][1..]}.")),
            roles.RootElement.EnumerateArray().Select(role => (role.GetProperty("value").GetString()!, role.GetProperty("description").GetString()!)));
    }

    [Fact]
    public void Diagnosis_Document_ListsEveryCheckAndErrorAsTheCodeDoes()
    {
        var rows = Rows("docs/diagnosis.md").ToList();
        var errors = rows.Where(cells => cells.Length == 4).ToDictionary(cells => cells[0].Trim('`'));
        var checks = rows.Where(cells => cells.Length == 2).ToDictionary(cells => cells[0].Trim('`'), cells => cells[1]);

        Assert.Equal(DiagnosisChecks.Order, checks.Keys);
        Assert.All(RuleWords.ByRule, rule => Assert.Equal(rule.Value.Title, checks[rule.Key]));
        Assert.Equal(SyncErrors.All.Select(error => error.Name).Order(), errors.Keys.Order());
        Assert.All(SyncErrors.All, error => Assert.Equal(
            [error.Means, error.Fix, string.Join(", ", error.Checks.Select(name => $"`{name}`"))], errors[error.Name][1..]));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_InDocument_LeadSomewhere(string document)
    {
        var file = Repository.Path(document);

        Assert.All(Links().Matches(File.ReadAllText(file)), link =>
        {
            var target = link.Groups["path"].Value is { Length: > 0 } path ? Path.Combine(Path.GetDirectoryName(file)!, path) : file;
            Assert.True(Path.Exists(target), link.Value);
            Assert.True(link.Groups["heading"].Value is not { Length: > 0 } heading || Headings(target).Contains(heading), link.Value);
        });
    }

    /// <summary>As the web page of a document names them in addresses.</summary>
    private static IEnumerable<string> Headings(string file) => File.ReadLines(file)
        .Where(line => line.StartsWith("##", StringComparison.Ordinal))
        .Select(line => LeftOutOfAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<string[]> Rows(string document) => File.ReadLines(Repository.Path(document))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('`', StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    // Within the repository: an address elsewhere has a colon.
    [GeneratedRegex(@"\]\((?<path>[^)#:]*)(?:#(?<heading>[^)]+))?\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex LeftOutOfAnchors();
}
