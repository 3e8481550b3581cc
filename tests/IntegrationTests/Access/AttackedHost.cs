using System.Net;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Access;

/// <summary>A real LocalHost that believes in <see cref="TestIssuer"/> as it would in Entra, two tenants, and people with access to one.</summary>
public sealed class AttackedHost : IAsyncLifetime
{
    private Stage _stage = null!;

    internal TestIssuer Issuer { get; private set; } = null!;

    internal LocalHostProcess Host { get; private set; } = null!;

    /// <summary>The tenant that the people may touch.</summary>
    internal SimulatedTenant Tenant { get; private set; } = null!;

    internal SimulatedTenant OtherTenant { get; private set; } = null!;

    /// <summary>The first administrator.</summary>
    public Guid Ada { get; } = Guid.NewGuid();

    /// <summary>Has access to <see cref="Tenant"/>.</summary>
    public Guid Bob { get; } = Guid.NewGuid();

    /// <summary>So has this application.</summary>
    public Guid Robot { get; } = Guid.NewGuid();

    /// <summary>The key of collector <c>corp</c> of <see cref="Tenant"/>.</summary>
    public string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _stage = await Stage.SetAsync();
        Issuer = await TestIssuer.StartAsync();
        Host = await LocalHostProcess.StartAsync(
            _stage.Storage, _stage.Graph, [.. Issuer.Settings, ("Access__FirstAdministrators", $"{Ada}")]);
        Tenant = _stage.AddTenant("Munson", leftovers: 1);
        OtherTenant = _stage.AddTenant("Fabrikam", leftovers: 1);

        using var ada = SignIn(Ada, "Administer", "Operate");
        await Stage.RegisterAsync(ada, Tenant, "propose");
        await Stage.RegisterAsync(ada, OtherTenant, "propose");
        await GrantAsync(ada, Bob, "person");
        await GrantAsync(ada, Robot, "application");
        Key = (await ada.PostAsync($"tenants/{Tenant.Id}/collectors/corp/key", new { }, HttpStatusCode.Created)).GetProperty("key").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Issuer.DisposeAsync();
        await _stage.DisposeAsync();
    }

    internal Api SignIn(Guid person, params string[] roles) => Api.With(Host.Origin, Issuer.Token(person, roles));

    internal Api With(string credential) => Api.With(Host.Origin, credential);

    internal async Task<JsonElement> GrantAsync(Api ada, Guid principal, string kind, params string[] tenants) => await ada.PutAsync(
        $"access/{principal}",
        new { kind, tenants = tenants.Length == 0 ? [$"{Tenant.Id}"] : tenants, reason = "looks after it" });

    /// <summary>Waits for a line of the log with this event and these words, that was not there before.</summary>
    internal Task HasLoggedAsync(int linesBefore, string words) => Deadline.UntilAsync(
        $"the log has '{words}'; it has:{Environment.NewLine}{string.Join(Environment.NewLine, NewLines(linesBefore))}",
        () => NewLines(linesBefore).Any(line => words.Split('|').All(word => line.Contains(word, StringComparison.Ordinal))));

    internal string[] Lines() => Host.Output.Split(Environment.NewLine);

    private IEnumerable<string> NewLines(int linesBefore) => Lines().Skip(linesBefore);
}
