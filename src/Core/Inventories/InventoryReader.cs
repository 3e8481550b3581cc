using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Reanchor.Inventories;

/// <summary>Reads a stored inventory. Damaged evidence throws; it never looks like a shorter inventory, or an empty one.</summary>
public static class InventoryReader
{
    // What intake wrote is trusted to be large; only a line without an end is not read into memory.
    private static readonly InventoryLimits StoredLimits =
        new() { MaxLineBytes = 1024 * 1024, MaxTextBytes = long.MaxValue, MaxAccounts = int.MaxValue };

    /// <summary>
    /// The accounts, in the order of the file. What was yielded counts only once the enumeration has ended by itself: the end line
    /// comes last.
    /// </summary>
    /// <param name="gzip">Read forward once; stays open.</param>
    /// <exception cref="InvalidDataException">The file is damaged or incomplete.</exception>
    public static IAsyncEnumerable<DirectoryAccount> ReadAsync(Stream gzip, CancellationToken cancellationToken) =>
        EnumerateAsync(gzip, null, cancellationToken);

    /// <summary>Reads the file of <paramref name="record"/>, and no other: its text must have that version.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, incomplete, or another one.</exception>
    /// <inheritdoc cref="ReadAsync(Stream, CancellationToken)"/>
    public static IAsyncEnumerable<DirectoryAccount> ReadAsync(
        Stream gzip, InventoryRecord record, CancellationToken cancellationToken) =>
        EnumerateAsync(gzip, record.Version, cancellationToken);

    private static async IAsyncEnumerable<DirectoryAccount> EnumerateAsync(
        Stream gzip, string? version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var text = await MeasuredText.OpenAsync(gzip, gzip: true, quoted: false, StoredLimits, cancellationToken);
        text.Hash = version is null ? null : hash;
        var lines = new LineReader(text);
        var sequence = new InventorySequence(DateTimeOffset.MaxValue);
        var problems = new List<string>();

        while (await lines.ReadAsync(cancellationToken))
        {
            var account = sequence.Read(lines.Line.Span, problems);
            ThrowIfAny(problems, lines.Number);

            if (account is not null)
            {
                yield return account;
            }
        }

        if (text.Fault is { } fault)
        {
            throw new InvalidDataException($"The stored inventory is damaged: {TextProblems.Of(fault, text.Line, StoredLimits)}");
        }

        sequence.End(problems);

        if (version is not null && Convert.ToHexStringLower(hash.GetHashAndReset()) != version)
        {
            problems.Add($"The text is not the one of version {version}.");
        }

        ThrowIfAny(problems, null);
    }

    private static void ThrowIfAny(List<string> problems, int? line)
    {
        if (problems.Count > 0)
        {
            throw new InvalidDataException($"The stored inventory is damaged: {new InventoryProblem(line, problems[0])}");
        }
    }
}
