using System.Text.Json;

namespace Reanchor.Benchmarks;

/// <param name="AnchorHolders">Users whose anchor some account holds.</param>
/// <param name="Partners">Users with exactly one partner.</param>
/// <param name="GrowthMegabytes">How far the process grew, at its largest, beyond what it was before.</param>
internal sealed record JoinResult(int Accounts, int AnchorHolders, int Partners, double Seconds, double GrowthMegabytes)
{
    public static JoinResult Parse(string json) => JsonSerializer.Deserialize<JoinResult>(json)!;

    public override string ToString() => JsonSerializer.Serialize(this);
}
