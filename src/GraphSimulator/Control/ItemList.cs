namespace Reanchor.GraphSimulator;

/// <summary>A list on the wire: <c>{"items":[...]}</c>.</summary>
internal sealed record ItemList<T>(IEnumerable<T> Items);
