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

    // A deleted object has lost its objectCategory.
    private const string DeletedAccounts = "(objectClass=user)(!(objectClass=computer))";

    private readonly string[] _attributes =
    [
        .. AccountAttributes.Always,
        .. hasMailboxGuid ? [AccountAttributes.MailboxGuid] : Array.Empty<string>(),
        .. anchor.IsCustom ? [anchor.Attribute] : Array.Empty<string>(),
    ];

    private bool _deletedHalfRead;

    public ForestDomain Domain => domain;

    private string DeletedContainer => $"<WKGUID={DeletedObjects},{domain.NamingContext}>";

    public AnchorChoice Anchor => anchor;

    public int Pages => controller.Pages;

    /// <summary>Every account that is not deleted.</summary>
    public IAsyncEnumerable<DirectoryAccount> ReadAsync(CancellationToken cancellationToken) =>
        ReadAsync($"(&{Accounts})", deleted: false, cancellationToken);

    /// <summary>Accounts that were made, moved, restored or changed since the connection was opened.</summary>
    public IAsyncEnumerable<DirectoryAccount> ReadChangedAsync(CancellationToken cancellationToken) =>
        ReadAsync($"(&{Accounts}(uSNChanged>={controller.Root.HighestUsn + 1}))", deleted: false, cancellationToken);

    /// <summary>Accounts in the recycle bin, and tombstones: those that the reading account may see, and as much of them.</summary>
    public IAsyncEnumerable<DirectoryAccount> ReadDeletedAsync(CancellationToken cancellationToken) =>
        ReadAsync($"(&(isDeleted=TRUE){DeletedAccounts})", deleted: true, cancellationToken);

    /// <summary>Whether <see cref="ReadDeletedAsync"/>, which must be over, has shown every deleted account, and all of it.</summary>
    public async Task<bool> HasReadDeletedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return !_deletedHalfRead
                && await MayReadDeletedContainerAsync(cancellationToken)
                && !await HidesDeletedAsync(cancellationToken);
        }
        catch (CollectorFailureException ex) when (
            ex.InnerException is DirectoryOperationException { Response.ResultCode: ResultCode.NoSuchObject or ResultCode.InsufficientAccessRights })
        {
            return false;
        }
    }

    private async Task<bool> MayReadDeletedContainerAsync(CancellationToken cancellationToken)
    {
        var request = new SearchRequest(DeletedContainer, "(objectClass=*)", SearchScope.Base, AccountAttributes.WhenCreated);
        request.Controls.Add(new ShowDeletedControl());

        // Without the right to its properties the container may show itself, but nothing of it.
        var response = await controller.SendAsync(request, cancellationToken);
        return response.Entries.Count == 1 && RawAttributes.Of(response.Entries[0]).Has(AccountAttributes.WhenCreated);
    }

    // A filter passes over an object whose isDeleted may not be read, whatever it asks of it. So this one does not ask.
    private async Task<bool> HidesDeletedAsync(CancellationToken cancellationToken)
    {
        var query = new DirectoryQuery(DeletedContainer, $"(&{DeletedAccounts})", [AccountAttributes.IsDeleted], Deleted: true);

        await foreach (var entry in controller.SearchAsync(query, cancellationToken))
        {
            if (!RawAttributes.Of(entry).IsTrue(AccountAttributes.IsDeleted))
            {
                return true;
            }
        }

        return false;
    }

    private async IAsyncEnumerable<DirectoryAccount> ReadAsync(
        string filter, bool deleted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in controller.SearchAsync(new(domain.NamingContext, filter, _attributes, deleted), cancellationToken))
        {
            var attributes = RawAttributes.Of(entry);
            _deletedHalfRead |= deleted && AccountMapping.FindMissing(attributes).Count > 0;
            yield return AccountMapping.Map(attributes, anchor, deleted);
        }
    }
}
