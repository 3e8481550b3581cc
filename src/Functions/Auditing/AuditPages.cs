using System.Runtime.CompilerServices;
using Reanchor.Auditing;

namespace Reanchor.Functions.Auditing;

/// <summary>Everything that a filter lets through, newest first, page after page.</summary>
internal static class AuditPages
{
    private const int PageSize = 1000;

    public static async IAsyncEnumerable<AuditEntry> ReadAsync(
        IAuditTrail audit, AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;

        do
        {
            var page = await audit.ListAsync(query, PageSize, next, cancellationToken);

            foreach (var entry in page.Items)
            {
                yield return entry;
            }

            next = page.Next;
        }
        while (next is not null);
    }
}
