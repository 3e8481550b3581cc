namespace Reanchor.IntegrationTests.LocalHost;

public sealed record WorkItem(int Number);
