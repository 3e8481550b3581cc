namespace Reanchor.Access;

/// <summary>A signed-in caller as an Entra directory knows them.</summary>
/// <param name="Directory">The directory that the caller's id and groups belong to; the empty id for a caller of LocalHost.</param>
/// <param name="Groups">The ids of their groups, as far as the token names them.</param>
public sealed record Principal(Actor Actor, Guid Directory, IReadOnlyCollection<Guid> Groups);
