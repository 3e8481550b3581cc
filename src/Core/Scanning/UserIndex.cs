using System.Runtime.InteropServices;

namespace Reanchor.Scanning;

/// <summary>Users by one of their values. Two users may share a value.</summary>
internal sealed class UserIndex<TKey>(IEqualityComparer<TKey> comparer)
    where TKey : notnull
{
    public Dictionary<TKey, List<UserEvidence>> Users { get; } = new(comparer);

    public void Add(TKey key, UserEvidence user)
    {
        if (!Users.TryGetValue(key, out var sharers))
        {
            Users.Add(key, sharers = []);
        }

        sharers.Add(user);
    }

    public ReadOnlySpan<UserEvidence> Find(TKey key) =>
        Users.TryGetValue(key, out var sharers) ? CollectionsMarshal.AsSpan(sharers) : [];
}
