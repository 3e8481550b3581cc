using System.Globalization;
using Reanchor.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks [-- ACCOUNTS USERS]
//   -- clears [COUNT [WRITES_PER_150_SECONDS [TENANTS]]]   clears through a busy Graph, against its limit
//   -- tenants [COUNT]                                     scans of many tenants at once, two of them in trouble
//   -- console [ROWS]                                      the console in Chromium over a long list
// "join FILE ACCOUNTS USERS" is one measurement in a process of its own: what came before would hide how far it grows.
if (args is ["join", var stored, var listed, var joined])
{
    Console.WriteLine(await JoinRun.MeasureAsync(stored, Number(listed), Number(joined)));
    return;
}

if (args is ["clears", .. var clearing])
{
    var isRight = await ClearsRun.MeasureAsync(
        clearing is [var clears, ..] ? Number(clears) : 10_000,
        clearing is [_, var writes, ..] ? Number(writes) : 720,
        clearing is [_, _, var of] ? Number(of) : 40);
    Environment.ExitCode = isRight ? 0 : 1;
    return;
}

if (args is ["tenants", .. var scanning])
{
    Environment.ExitCode = await TenantsRun.MeasureAsync(scanning is [var tenants] ? Number(tenants) : 300) ? 0 : 1;
    return;
}

if (args is ["console", .. var showing])
{
    await ConsoleRun.MeasureAsync(showing is [var rows] ? Number(rows) : 5_000);
    return;
}

var accounts = args is [var first, ..] ? Number(first) : 1_000_000;
var users = args is [_, var second] ? Number(second) : 2_000;
var folder = Directory.CreateTempSubdirectory("reanchor-benchmarks-");

try
{
    var upload = Path.Combine(folder.FullName, "upload.ndjson.gz");
    var inventory = Path.Combine(folder.FullName, "stored.ndjson.gz");
    await SampleInventory.WriteAsync(upload, accounts);

    var bare = await BareRun.MeasureAsync(upload);
    Console.WriteLine($"bare pass  {accounts:N0} accounts: {bare.TotalSeconds:0.0} s, {accounts / bare.TotalSeconds:N0} accounts/s");

    var intake = await IntakeRun.MeasureAsync(upload, inventory);
    Console.WriteLine(
        $"intake     {accounts:N0} accounts: {intake.TotalSeconds:0.0} s, {accounts / intake.TotalSeconds:N0} accounts/s, {intake / bare:0.0} x a bare pass");

    var join = await JoinRun.MeasureInChildAsync(inventory, accounts, users);
    Console.WriteLine(
        $"join       {join.Accounts:N0} accounts with {users:N0} users: {join.Seconds:0.0} s, {join.Accounts / join.Seconds:N0} accounts/s, "
        + $"{join.Seconds / bare.TotalSeconds:0.0} x a bare pass; the process grew by {join.GrowthMegabytes:0.0} MB");
}
finally
{
    folder.Delete(recursive: true);
}

static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
