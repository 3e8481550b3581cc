using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>Who did something, as the audit trail keeps it.</summary>
/// <param name="Id">Stable for this person or application; never an address.</param>
/// <param name="AuthenticatedBy">How they were recognised: an issuer of tokens, or <c>reanchor</c> itself.</param>
public sealed record Actor(ActorKind Kind, string Id, string Name, string AuthenticatedBy)
{
    /// <summary>Reanchor acting on a schedule or finishing what a person approved.</summary>
    public static Actor System { get; } = new(ActorKind.System, "reanchor", "Reanchor", "reanchor");

    /// <summary>A collector that has signed in with its key.</summary>
    public static Actor OfCollector(TenantId tenant, CollectorId collector) =>
        new(ActorKind.Application, $"{tenant}/{collector}", collector.Value, "collector key");
}
