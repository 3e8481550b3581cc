using System.Numerics;
using System.Security.Cryptography;

namespace Reanchor.Sealing;

/// <summary>The Merkle tree hash of RFC 6962, section 2.1, with SHA-256.</summary>
public static class MerkleTree
{
    // Without the prefixes a node could pass for a leaf.
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    public static byte[] Root(IReadOnlyList<byte[]> leaves) =>
        leaves.Count == 0 ? SHA256.HashData([]) : Root(leaves, 0, leaves.Count);

    private static byte[] Root(IReadOnlyList<byte[]> leaves, int start, int count)
    {
        if (count == 1)
        {
            return SHA256.HashData([LeafPrefix, .. leaves[start]]);
        }

        var left = 1 << BitOperations.Log2((uint)count - 1);
        return SHA256.HashData([NodePrefix, .. Root(leaves, start, left), .. Root(leaves, start + left, count - left)]);
    }
}
