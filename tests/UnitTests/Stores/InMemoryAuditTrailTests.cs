using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Auditing;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryAuditTrailTests : AuditTrailContract
{
    protected override IAuditTrail Trail { get; } = new InMemoryAuditTrail();
}
