using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

/// <summary>A collector's new key: the only time that it is shown.</summary>
/// <param name="PreviousKeyUntil">Until then the key before works as well; <see langword="null"/> when there was none.</param>
public sealed record CollectorKeyView(CollectorId CollectorId, string Key, DateTimeOffset IssuedAt, DateTimeOffset? PreviousKeyUntil);
