using System.Runtime.InteropServices;

namespace Reanchor.Scanning;

/// <summary>Looks a value up without making a string of it. An unset value is nobody's.</summary>
internal static class TextIndexing
{
    public static void AddText(this UserIndex<string> index, string? text, UserEvidence user)
    {
        if (!string.IsNullOrEmpty(text))
        {
            index.Add(text, user);
        }
    }

    public static ReadOnlySpan<UserEvidence> FindText(this UserIndex<string> index, ReadOnlySpan<char> text) =>
        !text.IsEmpty && index.Users.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var sharers)
            ? CollectionsMarshal.AsSpan(sharers)
            : [];
}
