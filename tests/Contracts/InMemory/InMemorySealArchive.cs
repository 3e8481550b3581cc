using System.Globalization;
using System.Runtime.CompilerServices;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemorySealArchive : ISealArchive
{
    private readonly Rows<StoredSeal> _rows = new();

    /// <summary>Runs once, just after the next seal is written: throw to crash there.</summary>
    public Action? AfterNextAdd { get; set; }

    public Task<bool> TryAddAsync(SealDocument document, CancellationToken cancellationToken)
    {
        var added = _rows.TryAdd(Key(document.Seal.Tenant, document.Seal.Sequence), new(document.Seal.Sequence, document));
        var hook = AfterNextAdd;
        AfterNextAdd = null;
        hook?.Invoke();
        return Task.FromResult(added);
    }

    public async IAsyncEnumerable<StoredSeal> ReadAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var key in _rows.Keys($"{tenant}|"))
        {
            yield return _rows.Find(key)!.Item;
        }
    }

    /// <summary>Writes or overwrites what is stored as a seal, as only someone past the write-once protection could.</summary>
    public void Tamper(TenantId tenant, long sequence, SealDocument? document) => _rows.Put(Key(tenant, sequence), new(sequence, document));

    /// <summary>Removes one, as only someone past the write-once protection could.</summary>
    public void Cut(TenantId tenant, long sequence) => _rows.TryRemove(Key(tenant, sequence), _rows.Find(Key(tenant, sequence))!.Version);

    private static string Key(TenantId tenant, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant}|{long.MaxValue - sequence:d19}");
}
