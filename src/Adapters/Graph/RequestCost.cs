namespace Reanchor.Adapters.Graph;

/// <summary>What a request takes from Graph's limits.</summary>
/// <param name="ResourceUnits">At least 1; most reads of Reanchor's cost 1 (Learn, throttling limits: GET 2, less 1 for $select).</param>
/// <param name="Writes">1 for a write, else 0.</param>
internal readonly record struct RequestCost(int ResourceUnits, int Writes);
