using Reanchor.Benchmarks;
using Xunit;

[assembly: AssemblyFixture(typeof(Reanchor.ConsoleTests.SeededConsole))]

namespace Reanchor.ConsoleTests;

/// <summary>What takes a browser. Without one the tests are skipped, and say so.</summary>
public abstract class BrowserTests
{
    protected BrowserTests() => Assert.SkipUnless(Chromium.IsInstalled, Chromium.Missing);
}
