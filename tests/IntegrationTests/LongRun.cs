namespace Reanchor.IntegrationTests;

/// <summary>Some tests have a short form for every day and a long one; <c>tests/run.sh --long</c> asks for the long one.</summary>
public static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("REANCHOR_LONG_TESTS") == "1";
}
