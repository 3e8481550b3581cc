using System.DirectoryServices.Protocols;
using System.Runtime.CompilerServices;
using Reanchor.Inventories;

namespace Reanchor.Collector.Directories;

/// <summary>Reads the accounts of one domain from the one server that holds it.</summary>
internal sealed class DomainReader(ForestDomain domain, DomainController controller, AnchorChoice anchor, bool hasMailboxGuid)
{
    // The well-known GUID of the container of deleted objects, [MS-ADTS] 6.1.1.4.
    private const string DeletedObjects = "18E2EA80684F11D2B9AA00C04F79F805";
    private const string Accounts = "(objectCategory=person)(objectClass=user)";

    private readonly string[] _attributes =
    [
        .. AccountAttributes.Always,
        .. hasMailboxGuid ? [AccountAttributes.MailboxGuid] : Array.Empty<string>(),
        .. anchor.IsCustom ? [anchor.Attribute] : Array.Empty<string>(),
    ];

    public ForestDomain Domain => domain;

    public AnchorChoice Anchor => anchor;

    public int Pages => controller.Pages;

    /// <summary>Every account that is not deleted.</summary>
    public IAsyncEnumerable<DirectoryAccount> ReadAsync(CancellationToken cancellationToken) =>
        ReadAsync($"(&{Accounts})", deleted: false, cancellationToken);

    /// <summary>Accounts that were made, moved, restored or changed since the connection was opened.</summary>
    public IAsyncEnumerable<DirectoryAccount> ReadChangedAsync(CancellationToken cancellationToken) =>
        ReadAsync($"(&{Accounts}(uSNChanged>={controller.Root.HighestUsn + 1}))", deleted: false, cancellationToken);

    /// <summary>Accounts in the recycle bin, and tombstones. A deleted object has lost its objectCategory.</summary>
    public IAsyncEnumerable<DirectoryAccount> ReadDeletedAsync(CancellationToken cancellationToken) =>
        ReadAsync("(&(isDeleted=TRUE)(objectClass=user)(!(objectClass=computer)))", deleted: true, cancellationToken);

    /// <summary>Whether an empty answer of <see cref="ReadDeletedAsync"/> means that nothing was deleted.</summary>
    public async Task<bool> MayReadDeletedAsync(CancellationToken cancellationToken)
    {
        var request = new SearchRequest(
            $"<WKGUID={DeletedObjects},{domain.NamingContext}>", "(objectClass=*)", SearchScope.Base, "whenCreated");
        request.Controls.Add(new ShowDeletedControl());

        try
        {
            // Without the right to its properties the container may show itself, but nothing of it.
            var response = await controller.SendAsync(request, cancellationToken);
            return response.Entries.Count == 1 && RawAttributes.Of(response.Entries[0]).Has("whenCreated");
        }
        catch (CollectorFailureException ex) when (
            ex.InnerException is DirectoryOperationException { Response.ResultCode: ResultCode.NoSuchObject or ResultCode.InsufficientAccessRights })
        {
            return false;
        }
    }

    private async IAsyncEnumerable<DirectoryAccount> ReadAsync(
        string filter, bool deleted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in controller.SearchAsync(new(domain.NamingContext, filter, _attributes, deleted), cancellationToken))
        {
            yield return AccountMapping.Map(RawAttributes.Of(entry), anchor);
        }
    }
}
