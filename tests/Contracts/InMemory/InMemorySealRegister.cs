using System.Globalization;
using System.Runtime.CompilerServices;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemorySealRegister : ISealRegister
{
    private readonly Rows<RegisteredSeal> _rows = new();

    public Task AddAsync(Seal seal, CancellationToken cancellationToken)
    {
        _rows.TryAdd(Key(seal.Tenant, seal.Sequence), new(seal.Sequence, seal.Hash));
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<RegisteredSeal> ListAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (_, row) in _rows.List($"{tenant}|"))
        {
            yield return row.Item;
        }
    }

    /// <summary>Writes or overwrites an entry behind Reanchor's back.</summary>
    public void Tamper(TenantId tenant, RegisteredSeal seal) => _rows.Put(Key(tenant, seal.Sequence), seal);

    /// <summary>Removes an entry behind Reanchor's back.</summary>
    public void Cut(TenantId tenant, long sequence) => _rows.TryRemove(Key(tenant, sequence), _rows.Find(Key(tenant, sequence))!.Version);

    private static string Key(TenantId tenant, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant}|{long.MaxValue - sequence:d19}");
}
