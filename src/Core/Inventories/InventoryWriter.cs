namespace Reanchor.Inventories;

/// <summary>
/// Writes an inventory as <see cref="InventoryIntake"/> takes it: NDJSON, gzip. It becomes one with <see cref="EndAsync"/>; without
/// that, every reader refuses it as cut off.
/// </summary>
/// <param name="output">Stays open.</param>
public sealed class InventoryWriter(Stream output) : IAsyncDisposable
{
    private readonly NormalisedText _text = new(output);

    /// <summary>Accounts written so far.</summary>
    public int Count { get; private set; }

    /// <summary>To be called once, first.</summary>
    public void Begin(InventoryHeader header) => _text.Add(header);

    public async ValueTask AddAsync(DirectoryAccount account, CancellationToken cancellationToken)
    {
        _text.Add(account);
        Count++;
        await _text.FlushAsync(cancellationToken);
    }

    /// <param name="deletedRead">Whether the deleted accounts of every domain could be read.</param>
    /// <returns>The inventory's version: SHA-256 of its text, in lower-case hex.</returns>
    public Task<string> EndAsync(bool deletedRead, CancellationToken cancellationToken) =>
        _text.EndAsync(new(Count, deletedRead), cancellationToken);

    /// <summary>Passes on what is still in memory; the output is whole only after this.</summary>
    public ValueTask DisposeAsync() => _text.DisposeAsync();
}
