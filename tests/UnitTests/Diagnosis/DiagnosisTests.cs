using Reanchor.Diagnosis;

namespace Reanchor.UnitTests.Diagnosis;

/// <summary>A user of whom somebody asks why it does not match.</summary>
public abstract class DiagnosisTests : IDisposable
{
    private protected World World { get; } = new();

    public void Dispose()
    {
        World.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<UserDiagnosis> DiagnoseAsync(string user, string? error = null) =>
        (await World.Get<DiagnoseUserHandler>().HandleAsync(new(World.Tenant.Id, user, error), World.Cancellation))!;
}
