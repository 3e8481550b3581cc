using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Auditing;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableAuditTrailTests(AzuriteFixture azurite) : AuditTrailContract, IAsyncLifetime
{
    private IAuditTrail? _tested;

    protected override IAuditTrail Trail => _tested!;

    public async ValueTask InitializeAsync() => _tested = new TableAuditTrail((await AzuriteStorage.ReadyAsync(azurite)).Tables, Samples.AuditStamp);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
