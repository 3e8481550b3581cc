using Microsoft.Playwright;
using Reanchor.GraphSimulator;

namespace Reanchor.Benchmarks;

/// <summary>How long the console takes in a browser over a long list: until the first rows are painted, and until a filter has been applied.</summary>
internal static class ConsoleRun
{
    private const int Times = 5;
    private const int AimMilliseconds = 300;

    /// <summary>Milliseconds from the start of the navigation to the frame with the first row.</summary>
    private const string FirstRow = """
        () => new Promise(done => {
          const look = () => document.querySelector('.rows tbody tr') ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look);
          look();
        })
        """;

    /// <summary>Milliseconds from a word or a choice to the frame in which at most one row is left; then all rows are back.</summary>
    private const string Filter = """
        async ([field, value]) => {
          const input = document.querySelector(field);
          const rows = () => document.querySelectorAll('.rows tbody tr').length;
          const frame = () => new Promise(requestAnimationFrame);
          const enter = text => { input.value = text; input.dispatchEvent(new Event(input.matches('select') ? 'change' : 'input', { bubbles: true })); };
          const began = performance.now();
          enter(value);
          while (rows() > 1) await frame();
          await frame();
          const took = performance.now() - began;
          enter('');
          while (rows() <= 1) await frame();
          return took;
        }
        """;

    /// <param name="rows">Findings, each with a proposal that waits.</param>
    public static async Task MeasureAsync(int rows)
    {
        if (!Chromium.IsInstalled)
        {
            throw new InvalidOperationException(Chromium.Missing);
        }

        await using var graph = await BusyGraph.StartAsync(TimeSpan.FromHours(6));
        var tenant = await graph.AddTenantAsync("contoso", leftovers: rows, plainUsers: rows);
        await graph.StartScanAsync(tenant, "propose");

        while ((await graph.ProposalsAsync(tenant, "pending")).Count < rows)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.Browser.NewPageAsync();
        page.SetDefaultTimeout((float)TimeSpan.FromMinutes(2).TotalMilliseconds);
        await page.GotoAsync(graph.SignInLink("olga", "Operate"));
        await page.WaitForSelectorAsync("h1");
        var word = tenant.Users.First(user => user.OnPremisesImmutableId is not null).UserPrincipalName;

        string[] search = ["input[type=search]", word];

        foreach (var (view, filter) in new[] { ("findings", search), ("outcomes", search), ("review", ["main select", "risky"]) })
        {
            await page.EvaluateAsync("hash => { location.hash = hash; }", $"#/tenants/{tenant.Id}/{view}");
            var (paints, filters) = (new List<double>(), new List<double>());

            for (var i = 0; i < Times; i++)
            {
                await page.ReloadAsync();
                paints.Add(await page.EvaluateAsync<double>(FirstRow));
                filters.Add(await page.EvaluateAsync<double>(Filter, filter));
            }

            Console.WriteLine(
                $"console    {rows:N0} rows, {view}: first rows painted after {Median(paints):0} ms, filtered after {Median(filters):0} ms; the aim is {AimMilliseconds} ms");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
