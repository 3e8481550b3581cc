using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Reanchor.Json;

namespace Reanchor.Adapters.Tables;

/// <summary>A row that keeps its item as JSON, in as many columns as it takes; other columns are there to be filtered on.</summary>
internal static class JsonRow
{
    // A string property holds 32,768 characters.
    private const int Chunk = 32_000;

    private const string MarkColumn = "WriteId";

    public static TableEntity Of<T>(string partitionKey, string rowKey, T item)
    {
        var row = new TableEntity(partitionKey, rowKey);
        var json = JsonSerializer.Serialize(item, ReanchorJson.Options);

        for (var at = 0; at < json.Length; at += Chunk)
        {
            row[$"Json{at / Chunk}"] = json.Substring(at, Math.Min(Chunk, json.Length - at));
        }

        return row;
    }

    public static T Read<T>(TableEntity row)
    {
        var json = new StringBuilder();

        for (var n = 0; row.GetString($"Json{n}") is { } chunk; n++)
        {
            json.Append(chunk);
        }

        return JsonSerializer.Deserialize<T>(json.ToString(), ReanchorJson.Options)
            ?? throw new InvalidDataException($"Row {row.PartitionKey}/{row.RowKey} holds no {typeof(T).Name}.");
    }

    public static Versioned<T> ReadVersioned<T>(TableEntity row) => new(Read<T>(row), row.ETag.ToString());

    public static async Task<Versioned<T>?> FindAsync<T>(
        TableClient table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(
            partitionKey, rowKey, cancellationToken: cancellationToken);

        return response is { HasValue: true, Value: { } row } ? ReadVersioned<T>(row) : null;
    }

    /// <returns><see langword="false"/> if someone else's row is there already.</returns>
    public static async Task<bool> TryAddAsync(TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        Mark(row);

        try
        {
            await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException ex) when (ex.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return await FindOwnAsync(table, row, cancellationToken) is not null;
        }
    }

    /// <summary>Adds a row that is the same whoever writes it; one that is there already is left as it is.</summary>
    /// <returns>Whether it was not there before.</returns>
    public static async Task<bool> AddOnceAsync(TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException ex) when (ex.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return false;
        }
    }

    /// <returns>The new version, or <see langword="null"/> if someone else wrote, or removed it, first.</returns>
    public static async Task<Versioned<T>?> TryReplaceAsync<T>(
        TableClient table, TableEntity row, string version, T item, CancellationToken cancellationToken)
    {
        Mark(row);

        try
        {
            // Never ETag.All and never Upsert here: both overwrite a decision made since the read.
            var response = await table.UpdateEntityAsync(row, new ETag(version), TableUpdateMode.Replace, cancellationToken);
            return new(item, response.Headers.ETag.GetValueOrDefault().ToString());
        }
        catch (RequestFailedException ex) when (IsLostRace(ex))
        {
            return await FindOwnAsync(table, row, cancellationToken) is { } own ? new(item, own) : null;
        }
    }

    /// <summary>Makes this write known again by <see cref="FindOwnAsync"/>.</summary>
    public static void Mark(TableEntity row) => row[MarkColumn] = Guid.NewGuid().ToString("N");

    /// <summary>
    /// Whether a race was lost against this very write: the storage client sends a request again when its answer is lost, and the
    /// second one then finds what the first one wrote.
    /// </summary>
    /// <param name="row">As it was sent, marked.</param>
    /// <returns>The version of the stored row; <see langword="null"/> when it is someone else's.</returns>
    public static async Task<string?> FindOwnAsync(TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        var stored = await table.GetEntityIfExistsAsync<TableEntity>(
            row.PartitionKey, row.RowKey, [MarkColumn], cancellationToken);

        return stored is { HasValue: true, Value: { } found } && found.GetString(MarkColumn) == row.GetString(MarkColumn)
            ? found.ETag.ToString()
            : null;
    }

    public static bool IsLostRace(RequestFailedException ex) =>
        ex.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied
        || ex.ErrorCode == TableErrorCode.ResourceNotFound
        || ex.ErrorCode == TableErrorCode.EntityAlreadyExists;

    /// <summary>One page of a query, with an opaque token for the next one.</summary>
    public static Task<Page<T>> PageAsync<T>(
        TableClient table, string filter, int top, string? continuation, CancellationToken cancellationToken) =>
        PageAsync(table, filter, top, continuation, Read<T>, cancellationToken);

    /// <inheritdoc cref="PageAsync{T}(TableClient, string, int, string?, CancellationToken)"/>
    public static async Task<Page<T>> PageAsync<T>(
        TableClient table, string filter, int top, string? continuation, Func<TableEntity, T> read, CancellationToken cancellationToken)
    {
        var pages = table.QueryAsync<TableEntity>(filter, top, cancellationToken: cancellationToken)
            .AsPages(ContinuationToken.Decode(continuation, filter), top);

        await foreach (var page in pages)
        {
            return new([.. page.Values.Select(read)], ContinuationToken.Encode(page.ContinuationToken, filter));
        }

        return new([], null);
    }
}
