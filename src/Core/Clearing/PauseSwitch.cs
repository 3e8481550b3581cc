using Reanchor.Access;

namespace Reanchor.Clearing;

/// <summary>A tenant's kill switch: who threw it last, when and why.</summary>
public sealed record PauseSwitch(bool Paused, Actor By, DateTimeOffset At, string Reason);
