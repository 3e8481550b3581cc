namespace Reanchor.IntegrationTests.Crashes;

/// <summary>The line is cut at a write.</summary>
/// <param name="AfterTheWrite">The write is made and its answer is lost; otherwise nothing is written.</param>
/// <param name="Then">Done at that moment, before whoever sent the write hears of it.</param>
internal sealed record Cut(bool AfterTheWrite, Action Then);
