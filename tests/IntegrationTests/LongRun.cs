namespace Reanchor.IntegrationTests;

/// <summary>Some tests have a short form for every day and a long one; <c>tests/run.sh --long</c> asks for the long one.</summary>
public static class LongRun
{
    /// <summary>Why a test that has no short form is skipped every day.</summary>
    public const string Only = "Takes minutes: tests/run.sh --long runs it.";

    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("REANCHOR_LONG_TESTS") == "1";
}
