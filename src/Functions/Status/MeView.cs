using Reanchor.Access;

namespace Reanchor.Functions.Status;

/// <summary>The caller, as Reanchor knows them.</summary>
/// <param name="Roles">Those that hold for a caller of this kind.</param>
/// <param name="Tenants"><c>*</c> for all.</param>
public sealed record MeView(string Id, string Name, ActorKind Kind, IEnumerable<string> Roles, IEnumerable<string> Tenants);
