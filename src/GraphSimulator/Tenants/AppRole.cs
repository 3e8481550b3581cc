namespace Reanchor.GraphSimulator;

/// <summary>A permission that an application offers.</summary>
internal sealed record AppRole(Guid Id, string Value);
