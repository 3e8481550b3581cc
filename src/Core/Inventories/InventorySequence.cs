using System.Text.Json;
using System.Text.Unicode;

namespace Reanchor.Inventories;

/// <summary>What may follow what in an inventory: a header, accounts, an end line that counts them, and nothing more.</summary>
/// <param name="now">A header may not be taken later than this.</param>
internal sealed class InventorySequence(DateTimeOffset now)
{
    private bool _started;

    public InventoryHeader? Header { get; private set; }

    /// <summary>Account lines so far, those with problems included.</summary>
    public int Count { get; private set; }

    /// <summary>The rest cannot be made sense of; reading on would only bury the first problem.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The end line has come.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>As the end line says; <see langword="null"/> also before it has come, or when it has problems.</summary>
    public bool? DeletedRead { get; private set; }

    /// <returns>The account on this line, if it is one without problems.</returns>
    public DirectoryAccount? Read(ReadOnlySpan<byte> line, List<string> problems)
    {
        try
        {
            return !_started ? ReadFirst(line, problems) : HasEnded ? ReadTrailing(line, problems) : ReadNext(line, problems);
        }
        catch (JsonException exception)
        {
            problems.Add($"is not valid JSON (column {exception.BytePositionInLine + 1})");
            Count += _started ? 1 : 0;
        }
        catch (InvalidOperationException)
        {
            problems.Add("holds half of a surrogate pair, which is not text");
        }

        IsLost |= !_started;
        return null;
    }

    /// <summary>To be called after the last line.</summary>
    public void End(List<string> problems)
    {
        if (!_started && !IsLost)
        {
            problems.Add("The upload is empty.");
        }
        else if (!HasEnded && !IsLost)
        {
            problems.Add(
                "The end line {\"kind\":\"end\",\"count\":N} is missing: the inventory was cut off. Export and upload it again.");
        }
    }

    private DirectoryAccount? ReadFirst(ReadOnlySpan<byte> line, List<string> problems)
    {
        if (!Utf8.IsValid(line))
        {
            problems.Add(TextProblems.NotUtf8);
        }
        else if (MarkerLine.ReadKind(line) is MarkerLine.HeaderKind)
        {
            _started = true;
            Header = MarkerLine.ReadHeader(line, now, problems);
            return null;
        }
        else
        {
            problems.Add("the header {\"kind\":\"inventory\",\"version\":1,\"forest\":...,\"takenAt\":...} must come first");
        }

        IsLost = true;
        return null;
    }

    private DirectoryAccount? ReadNext(ReadOnlySpan<byte> line, List<string> problems)
    {
        if (!Utf8.IsValid(line))
        {
            problems.Add(TextProblems.NotUtf8);
            Count++;
            return null;
        }

        if (line.Trim(" \t"u8).IsEmpty)
        {
            problems.Add("is empty");
            return null;
        }

        var account = AccountLine.Read(line, problems, out var isMarker);

        if (!isMarker)
        {
            Count++;
            return account;
        }

        switch (MarkerLine.ReadKind(line))
        {
            case MarkerLine.EndKind:
                ReadEnd(line, problems);
                break;
            case MarkerLine.HeaderKind:
                problems.Add("is a second header: upload each inventory by itself");
                IsLost = true;
                break;
            case { } other:
                problems.Add($"kind {AttributeText.Quote(other)} is neither the header's nor the end line's");
                break;
            default:
                problems.Add("kind must be text");
                break;
        }

        return null;
    }

    private void ReadEnd(ReadOnlySpan<byte> line, List<string> problems)
    {
        HasEnded = true;

        if (MarkerLine.ReadEnd(line, problems) is not { } end)
        {
            return;
        }

        DeletedRead = end.DeletedRead;

        if (end.Count != Count)
        {
            problems.Add($"the end line counts {end.Count} accounts, but {Count} are listed");
        }
        else if (Count == 0)
        {
            problems.Add("no account is listed; an empty inventory proves nothing");
        }
    }

    private DirectoryAccount? ReadTrailing(ReadOnlySpan<byte> line, List<string> problems)
    {
        if (!line.Trim(" \t"u8).IsEmpty)
        {
            problems.Add("follows the end line, which must be the last");
            IsLost = true;
        }

        return null;
    }
}
